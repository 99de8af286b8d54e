"""Actors by their ids, ours and theirs alike."""

from collections.abc import Iterable

from marula.base.crypto.keys import new_key_pair
from marula.base.db import Connection
from marula.base.kernel.ids import AccountId
from marula.domain import accounts
from marula.domain.accounts import INSTANCE
from marula.domain.actors import actions, addresses, store
from marula.domain.actors.types import OwnKey
from marula.domain.context import Context


async def by_uris(ctx: Context, db: Connection, uris: Iterable[str]) -> dict[str, AccountId]:
    """The accounts with these actor ids, those that are known, ours and theirs. Costs: one statement."""
    wanted = list(dict.fromkeys(uris))
    ours = {uri: found for uri in wanted if (found := addresses.account_of(ctx.config, uri)) is not None}
    theirs = [uri for uri in wanted if uri not in ours]
    if not wanted:
        return {}
    known, here = await store.by_uris(db, theirs, list(ours.values()))
    return {uri: found for uri, found in ours.items() if found in here} | known


async def followed_at(ctx: Context, db: Connection, uris: Iterable[str]) -> dict[str, AccountId]:
    """The accounts whose followers collections these are."""
    wanted = list(dict.fromkeys(uris))
    ours = {uri: found for uri in wanted if (found := addresses.followed_of(ctx.config, uri)) is not None}
    theirs = [uri for uri in wanted if uri not in ours]
    return ours | (await store.with_followers(db, theirs) if theirs else {})


async def own_key(ctx: Context, account: AccountId) -> OwnKey:
    """The key pair of a local actor; made when it is first needed, in a thread (10 to 300 ms).

    With the key of INSTANCE its account is made too.
    """
    async with ctx.db.reading() as db:
        found = await store.own_key(db, account)
    if found is not None:
        return found if found.proof is not None else await _with_proofs(ctx, account, found)
    pair = await new_key_pair()
    async with ctx.db.transaction() as tx:
        if account == INSTANCE:
            await accounts.ensure_instance(tx)
        return await actions.keep_own_key(tx, ctx.config, account, pair)


async def _with_proofs(ctx: Context, account: AccountId, found: OwnKey) -> OwnKey:
    """The key pair with a key for proofs, which is made now; of who is gone, as it is."""
    async with ctx.db.reading() as db:
        if await store.departed(db, account) is not None:
            return found
    async with ctx.db.transaction() as tx:
        return await actions.signing_key(tx, ctx.config, account)
