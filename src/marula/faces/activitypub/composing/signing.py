"""What others may have to pass on says itself who said it: answers, edits and deletions.

Spec: FEP-8b32 (proofs); RsaSignature2017 and FEP-ae0c (signatures of documents); federation practice, signatures
"""

import asyncio

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from marula.base.crypto import linked_data, proofs
from marula.base.crypto.keys import private_key
from marula.base.db import Tx
from marula.base.kernel.config import Config
from marula.base.kernel.ids import AccountId
from marula.domain import actors
from marula.domain.actors import PUBLIC, OwnKey
from marula.domain.context import Context
from marula.faces.activitypub.vocab.context import Document, standing_alone

PASSED_ON = ("Update", "Delete", "Move")
"""Activities that those who got what they are about pass on."""


async def body(ctx: Context, tx: Tx, who: AccountId, document: Document) -> bytes:
    """The bytes in which an activity of one of ours travels: signed where others may have to pass it on.

    Costs: one statement and some milliseconds of computing, in a thread, when it is.
    """
    if not needed(ctx.config, document):
        return msgspec.json.encode(standing_alone(document))
    key = await actors.signing_key(tx, ctx.config, who)
    whole = standing_alone(document, proven=key.proof is not None)
    return msgspec.json.encode(await asyncio.to_thread(_signed, ctx, who, whole, key))


def needed(config: Config, document: Document) -> bool:
    """Whether others may have to pass it on: only what everybody may read.

    Who must sign what they ask for, in `AUTHORIZED_FETCH`, could otherwise be read by way of others; but that
    something is gone is told to all.
    """
    kind, what = document["type"], document["object"]
    if PUBLIC not in (*document["to"], *document["cc"]):
        return False
    if kind == "Delete":
        return True
    if config.authorized_fetch or config.limited_federation:
        return False
    if kind in PASSED_ON:
        return True
    answers = what.get("inReplyTo") if isinstance(what, dict) else None
    return kind == "Create" and answers is not None and actors.post_of(config, answers) is None


def _signed(ctx: Context, who: AccountId, document: Document, key: OwnKey) -> Document:
    now = ctx.clock.now()
    if key.proof is not None:
        private = private_key(key.proof)
        assert isinstance(private, Ed25519PrivateKey)
        document = proofs.prove(document, actors.proof_key_uri(ctx.config, who), private, now)
    return linked_data.sign(document, key.uri, private_key(key.private), now)
