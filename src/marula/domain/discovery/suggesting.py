"""Suggesting whom somebody could follow."""

from marula.base.db import Connection
from marula.base.kernel.ids import AccountId
from marula.base.text import parse_handle
from marula.domain import accounts, site
from marula.domain.context import Context
from marula.domain.discovery.store import suggestions as store
from marula.domain.discovery.types import Suggested


async def suggestions(ctx: Context, db: Connection, who: AccountId, *, limit: int, offset: int) -> list[Suggested]:
    """Accounts that somebody could follow, and why; those whom the site features first.

    Costs: one statement, one more when the site features somebody.
    """
    settings = await site.get(ctx)
    featured = await _featured(ctx, db, settings.bootstrap_timeline_accounts)
    return await store.suggestions(db, who, featured, limit=limit, offset=offset)


async def _featured(ctx: Context, db: Connection, names: str) -> list[AccountId]:
    """The accounts that the owner named, in that order."""
    ours = (ctx.config.local_domain, ctx.config.web_domain)
    handles = [handle for name in names.split(",") if (handle := parse_handle(name)) is not None]
    if not handles:
        return []
    keys = [(name.lower(), None if domain in ours else domain) for name, domain in handles]
    known = {(one.username.lower(), one.domain): one.id for one in await accounts.by_handles(db, keys)}
    return [known[key] for key in dict.fromkeys(keys) if key in known]
