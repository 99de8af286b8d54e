"""Accounts as texts mention them."""

import asyncio

from marula.base.db import Connection
from marula.base.kernel.errors import Unreachable
from marula.base.observe import logs
from marula.base.text import MentionLink, find_mentions
from marula.domain.accounts import store
from marula.domain.accounts.types import Account
from marula.domain.context import Context

log = logs.logger("accounts")

PATIENCE = 5.0
"""Seconds that whoever writes waits for other servers."""

MOST_STRANGERS = 10
"""People nobody knows whom one text can have looked up."""


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


async def acquaint(ctx: Context, text: str) -> None:
    """Look up the people of other servers whom a text mentions and nobody here knows, for a few seconds at most.

    Who cannot be found stays a word. Opens connections of its own: to be called before the text is drafted.
    """
    asked = [(name, domain) for name, domain in find_mentions(text) if domain is not None]
    if not asked:
        return
    async with ctx.db.reading() as db:
        known = await named(ctx, db, text)
    ours = (ctx.config.local_domain, ctx.config.web_domain)
    unknown = [
        f"@{name}@{domain}" for name, domain in asked if domain not in ours and f"{name.lower()}@{domain}" not in known
    ]
    try:
        async with asyncio.timeout(PATIENCE):
            await asyncio.gather(*(look_up(ctx, handle) for handle in dict.fromkeys(unknown[:MOST_STRANGERS])))
    except TimeoutError:
        log.info("not everybody whom a post mentions could be looked up in time", asked=len(unknown))


async def look_up(ctx: Context, words: str) -> bool:
    """Ask other servers for a handle, or for what is at an address; says whether something was there.

    A server that does not answer has nothing: what asks goes on with what there is.
    """
    try:
        return await ctx.directory.fetch(words)
    except Unreachable as error:
        log.info("another server does not say what it has", words=words, reason=error.why)
        return False


def mention_link(ctx: Context, account: Account) -> MentionLink:
    """Where a mention of an account leads."""
    return MentionLink(account.url or f"{ctx.config.web_url}/@{account.username}", account.username)
