"""Documents that come by way of others, and prove by themselves who made them.

Spec: ActivityPub, 7.1.2 (forwarding); FEP-8b32 (proofs); RsaSignature2017 (linked data signatures); FEP-ae0c (relays)
"""

import asyncio
from typing import Any

from marula.base.crypto import linked_data, proofs
from marula.base.crypto.keys import PublicKey, public_key
from marula.domain import actors, boundaries, servers
from marula.domain.context import Context
from marula.faces.activitypub import fetching
from marula.faces.activitypub.reading import Document, id_of, same_origin
from marula.faces.activitypub.vocab.context import ACTIVITY_STREAMS, SECURITY, TERMS

CONTEXT: list[Any] = [ACTIVITY_STREAMS, SECURITY, TERMS]
"""The names in which a document is written anew whose signature is of what it means."""


async def proven(ctx: Context, document: Document, actor: str) -> Document | None:
    """What this actor is proven to have said; None when nothing is. Only that may be believed, not the document.

    Raises: Unreachable when the key cannot be had now.
    """
    if (await boundaries.stance(ctx, servers.host_of(actor))).suspended:
        return None
    found: Document | None = None
    key = await _key(ctx, proofs.prover(document), actor)
    if key is not None:
        found = proofs.proven(document, key)
    if found is None:
        key = await _key(ctx, linked_data.creator(document), actor)
        if key is not None:
            found = await asyncio.to_thread(linked_data.verified, document, key, ctx.clock.now(), CONTEXT)
    return found if found is not None and id_of(found.get("actor")) == actor else None


async def _key(ctx: Context, uri: str | None, actor: str) -> PublicKey | None:
    """The key with this id, when it is the actor's own."""
    if uri is None or not same_origin(uri, actor):
        return None
    held = await fetching.key(ctx, uri)
    if held is None:
        return None
    async with ctx.db.reading() as db:
        owner = (await actors.by_uris(ctx, db, [actor])).get(actor)
    return public_key(held.public) if held.account_id == owner else None
