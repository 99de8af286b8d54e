"""Finding accounts by what somebody typed."""

from marula.base.db import Connection
from marula.base.kernel.ids import AccountId
from marula.base.text import MentionLink, find_mentions
from marula.domain.accounts import store
from marula.domain.accounts.types import Account
from marula.domain.context import Context

FARTHEST = 10_000
"""Nobody pages through a search beyond this."""


async def search(
    ctx: Context,
    db: Connection,
    typed: str,
    *,
    viewer: AccountId | None = None,
    following: bool = False,
    limit: int = 40,
    offset: int = 0,
) -> list[AccountId]:
    """Accounts whose handle or display name begins like this, the best first: exact handle, followed, most followers.

    Takes: a name, a handle with or without the leading @ (`ann`, `@ann@other.example`), the beginning of either.
    `following`: only people whom the viewer follows.
    Costs: one statement, on indexes, which orders at most a few hundred candidates.
    Spec: Mastodon documentation, methods/accounts (search)
    """
    words = typed.strip().lower()
    name, _, domain = words.removeprefix("@").partition("@")
    if not name or limit <= 0 or offset > FARTHEST:
        return []
    place = "" if domain in (ctx.config.local_domain, ctx.config.web_domain) else domain
    return await store.search(
        db,
        words.removeprefix("@"),
        (name, place),
        viewer=viewer,
        following=following and viewer is not None,
        limit=limit,
        offset=offset,
    )


async def named(ctx: Context, db: Connection, text: str) -> dict[str, Account]:
    """The accounts that a text mentions and this server knows, by the handle as written, lower-case.

    Costs: one statement when there are mentions.
    """
    handles = find_mentions(text)
    if not handles:
        return {}
    ours = {ctx.config.local_domain, ctx.config.web_domain}
    keys = [(name.lower(), None if domain in ours else domain) for name, domain in handles]
    found = {(account.username.lower(), account.domain): account for account in await store.by_handles(db, keys)}
    return {
        name.lower() if domain is None else f"{name.lower()}@{domain}": found[key]
        for (name, domain), key in zip(handles, keys, strict=True)
        if key in found
    }


def mention_link(ctx: Context, account: Account) -> MentionLink:
    """Where a mention of an account leads."""
    return MentionLink(account.url or f"{ctx.config.web_url}/@{account.username}", account.username)
