"""Whom somebody means when they move: found, on other servers too, and looked at anew."""

from marula.base.kernel.errors import Invalid, Unreachable
from marula.base.kernel.ids import AccountId
from marula.base.text import parse_handle
from marula.domain import accounts, actors
from marula.domain.accounts import Account
from marula.domain.context import Context
from marula.domain.moves import rules, store


async def draft_alias(ctx: Context, who: AccountId, handle: str) -> str:
    """The id of the account that a handle names, to be an alias of `who`. Raises: Invalid."""
    other = await _found(ctx, handle)
    if other.id == who:
        raise Invalid.field("acct", "must be another account")
    return uri_of(ctx, other)


async def draft_move(ctx: Context, who: AccountId, handle: str) -> AccountId:
    """The account that a handle names, when `who` may move to it. Raises: Invalid."""
    target = await _found(ctx, handle)
    async with ctx.db.reading() as db:
        mover = await accounts.by_id(db, who)
        latest = await store.latest(db, who)
    assert mover is not None
    rules.check_move(mover, target, uri_of(ctx, mover), latest, ctx.clock.now())
    return target.id


def uri_of(ctx: Context, account: Account) -> str:
    """The id of an account as an actor."""
    return account.uri or actors.actor_uri(ctx.config, account.id)


async def _found(ctx: Context, handle: str) -> Account:
    parsed = parse_handle(handle if handle.startswith("@") else f"@{handle.strip()}")
    if parsed is None:
        raise Invalid.field("acct", "is not a handle such as ann@other.example")
    name, domain = parsed
    here = domain is None or domain in (ctx.config.local_domain, ctx.config.web_domain)
    if not here:
        try:
            await ctx.directory.fetch(f"@{name}@{domain}")
        except Unreachable as error:
            raise Invalid.field("acct", f"cannot be looked up: {error}") from error
    async with ctx.db.reading() as db:
        found = await accounts.by_handle(db, name, None if here else domain)
    if found is None:
        raise Invalid.field("acct", "cannot be found")
    return found
