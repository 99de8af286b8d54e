"""Finding posts, people and hashtags by what somebody typed."""

from datetime import timedelta

from marula.base.db import Connection
from marula.base.kernel import ids
from marula.base.kernel.ids import AccountId, PostId
from marula.base.kernel.paging import Page
from marula.base.text import normalise_hashtag, parse_handle, wanted_words
from marula.domain import accounts
from marula.domain.context import Context
from marula.domain.discovery import query, rules
from marula.domain.discovery.store import finding, hashtags, people
from marula.domain.discovery.store.finding import Search
from marula.domain.discovery.types import Hit, Query
from marula.domain.tags import Tag

RANKED = 200
"""So many of the newest matches are put in the order of their worth; older ones follow by date."""

FARTHEST = 10_000
"""Nobody pages through a search beyond this."""


SHORTEST = 3
"""Letters that a name needs before somebody unknown may look it up; with fewer, only the very handle is found.

Spec: limits.json, search.account_min_query_length
"""

MOST_WORDS = 8
"""Words of a name that are looked up."""

USED = timedelta(days=7)
"""Hashtags are ranked by their use since."""


async def find_people(
    ctx: Context,
    db: Connection,
    typed: str,
    *,
    viewer: AccountId | None = None,
    following: bool = False,
    limit: int = 40,
    offset: int = 0,
) -> list[AccountId]:
    """Accounts by their handle or the words of their names, or the beginnings of these, in any case, without accents.

    Takes: `ann`, `@ann@other.example`, `ann ken`. `following`: only people whom the viewer follows.
    Gives: the exact handle first, then whom the viewer follows, then whom most follow.
    Costs: one statement, on indexes, which orders at most a few hundred candidates.
    Spec: Mastodon documentation, methods/accounts (search)
    """
    words = typed.strip().lower()
    name, _, domain = words.removeprefix("@").partition("@")
    if not name or limit <= 0 or offset > FARTHEST:
        return []
    beginnings = sorted({one.word for one in wanted_words(words)[:MOST_WORDS]}, key=len, reverse=True)
    return await people.found(
        db,
        words.removeprefix("@"),
        (name, "" if domain in (ctx.config.local_domain, ctx.config.web_domain) else domain),
        [] if domain else beginnings,
        viewer=viewer,
        following=following and viewer is not None,
        exact=viewer is None and len(name) < SHORTEST,
        limit=limit,
        offset=offset,
    )


async def find_hashtags(
    ctx: Context, db: Connection, typed: str, *, reviewed: bool = False, limit: int = 20, offset: int = 0
) -> list[Tag]:
    """Hashtags by the beginning of their name: that very one first, then those used most in the last week.

    Takes: `reviewed`, only those that moderators have seen.
    Costs: one statement.
    """
    name = normalise_hashtag(typed.strip().lstrip("#"))
    if not name or limit <= 0 or offset > FARTHEST:
        return []
    since = ids.at(ctx.clock.now() - USED)
    return await hashtags.starting(db, name, since, reviewed=reviewed, limit=limit, offset=offset)


async def find_posts(
    ctx: Context,
    db: Connection,
    viewer: AccountId,
    typed: str,
    page: Page,
    *,
    offset: int = 0,
    author: AccountId | None = None,
) -> list[PostId]:
    """Posts by their words: the viewer's own, those they had to do with, and those whose authors let anybody find them.

    Takes: words, "phrases", -exclusions and operators, as `query` reads them. `page`: only between these ids.
    Gives: ids in the order of `rules.ranked`; a page by min_id in the order of ids, newest first.
    Costs: at most four statements, one more for `from:`.
    Spec: Mastodon documentation, methods/search (v2)
    """
    asked = query.read(typed)
    search = await _search(ctx, db, viewer, asked, page, author)
    if search is None or page.limit <= 0 or offset > FARTHEST:
        return []
    if search.oldest:
        hits = await finding.hits(db, viewer, search, "", 0, page.limit + offset)
        return [hit.post_id for hit in hits[offset:]][::-1]
    hits = await _newest(ctx, db, viewer, search, max(RANKED, offset + page.limit))
    if search.words:
        hits = rules.ranked(hits[:RANKED], ctx.clock.now()) + hits[RANKED:]
    return [hit.post_id for hit in hits[offset : offset + page.limit]]


async def _search(
    ctx: Context, db: Connection, viewer: AccountId, asked: Query, page: Page, author: AccountId | None
) -> Search | None:
    """The search that a query asks for, or None when it can find nothing."""
    terms = list(asked.all_of)
    if author is not None:
        terms.append(rules.lexeme(rules.author(author)))
    if asked.authors:
        authors = await _authors(ctx, db, viewer, asked)
        if authors is None:
            return None
        terms += authors
    bounded = page.max_id is not None or page.min_id is not None
    if not terms and not bounded and not asked.above and asked.below == ids.LARGEST and asked.scope == "all":
        return None
    own = rules.lexeme(rules.author(viewer))
    anybody = rules.lexeme(rules.PUBLIC)
    scopes = {"all": f"({anybody} | {own})", "library": own, "public": anybody}
    return Search(
        all_of=" & ".join(terms),
        words=asked.words,
        open=scopes[asked.scope],
        library=asked.scope != "public",
        above=max(asked.above, page.above),
        below=min(asked.below, page.below),
        oldest=page.min_id is not None,
    )


async def _authors(ctx: Context, db: Connection, viewer: AccountId, asked: Query) -> list[str] | None:
    """The terms that say who wrote what is wanted, or None when nobody did who is known."""
    ours = (ctx.config.local_domain, ctx.config.web_domain)
    keys: dict[str, tuple[str, str | None]] = {}
    for typed, _ in asked.authors:
        handle = parse_handle(typed)
        if typed != "me" and handle is not None:
            keys[typed] = (handle[0].lower(), None if handle[1] in ours else handle[1])
    named = await accounts.by_handles(db, list(keys.values())) if keys else []
    known = {(account.username.lower(), account.domain): account.id for account in named}
    marks: dict[bool, list[str]] = {True: [], False: []}
    for typed, wanted in asked.authors:
        found = viewer if typed == "me" else known.get(keys[typed]) if typed in keys else None
        if found is not None:
            marks[wanted].append(rules.lexeme(rules.author(found)))
    if not marks[True] and any(wanted for _, wanted in asked.authors):
        return None
    either = [f"({' | '.join(marks[True])})"] if marks[True] else []
    return [*either, *(f"!{mark}" for mark in marks[False])]


async def _newest(ctx: Context, db: Connection, viewer: AccountId, search: Search, most: int) -> list[Hit]:
    """The newest hits, read era by era until there are enough. Frequent words are never read further back."""
    last = min(ctx.clock.now(), ids.time_of(search.below))
    for era in rules.ERAS:
        hits = await finding.hits(db, viewer, search, rules.era(era, last), rules.era_start(era, last), most)
        if len(hits) >= most:
            return hits
    return await finding.hits(db, viewer, search, "", 0, most)
