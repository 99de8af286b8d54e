"""Accounts as texts mention them."""

from marula.base.db import Connection
from marula.base.text import MentionLink, find_mentions
from marula.domain.accounts import store
from marula.domain.accounts.types import Account
from marula.domain.context import Context


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
