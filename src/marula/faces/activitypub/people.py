"""Our accounts as actors.

Spec: federation practice, actor documents; FEP-d556 (the actor of the server)
"""

from marula.base.kernel import ids
from marula.base.kernel.errors import Gone, NotFound
from marula.base.kernel.ids import AccountId
from marula.base.text import parse_handle
from marula.domain import accounts, actors, users
from marula.domain.accounts import INSTANCE, Account
from marula.domain.context import Context
from marula.faces.activitypub.document import Asking, document
from marula.faces.activitypub.profile import profile
from marula.faces.activitypub.vocab import actor
from marula.faces.activitypub.vocab.collection import whole
from marula.faces.activitypub.vocab.context import Document


@document("/ap/users/{account}")
async def by_id(asking: Asking) -> Document:
    """The actor."""
    return await _actor(asking.ctx, await account_in(asking))


@document("/{handle}")
async def by_handle(asking: Asking) -> Document:
    """The same at the address of the profile."""
    return await _actor(asking.ctx, await _by_handle(asking.ctx, asking.path["handle"]))


@document("/actor", open=True)
async def instance(asking: Asking) -> Document:
    """The server itself. Everybody may read it, always: its key is what proves a request."""
    return actor.instance(asking.ctx.config, await actors.own_key(asking.ctx, INSTANCE))


@document("/actor/outbox", open=True)
async def instance_outbox(asking: Asking) -> Document:
    """What the server itself says: nothing."""
    return whole(actors.address(asking.ctx.config, INSTANCE, "outbox"), [])


async def account_in(asking: Asking) -> Account:
    """The local account whose id stands in the path. Raises Gone, and NotFound also while it waits to be let in."""
    identifier = ids.parse(AccountId, asking.path["account"])
    if identifier is None:
        raise NotFound
    async with asking.ctx.db.reading() as db:
        found = await accounts.by_id(db, identifier)
        gone = found is None and await actors.departed(db, identifier) is not None
    if gone:
        raise Gone
    return await _settled(asking.ctx, found)


async def _by_handle(ctx: Context, handle: str) -> Account:
    parsed = parse_handle(handle) if handle.startswith("@") else None
    if parsed is None or parsed[1] not in (None, ctx.config.local_domain, ctx.config.web_domain):
        raise NotFound
    async with ctx.db.reading() as db:
        found = await accounts.by_handle(db, parsed[0], None)
        gone = found is None and await actors.departed_named(db, parsed[0]) is not None
    if gone:
        raise Gone
    return await _settled(ctx, found)


async def _settled(ctx: Context, found: Account | None) -> Account:
    if found is None or not found.local:
        raise NotFound
    async with ctx.db.reading() as db:
        user = await users.by_account(db, found.id)
    if user is None or users.standing(user) in ("unconfirmed", "pending"):
        raise NotFound
    return found


async def _actor(ctx: Context, account: Account) -> Document:
    key = await actors.own_key(ctx, account.id)
    async with ctx.db.reading() as db:
        return await profile(ctx, db, account, key)
