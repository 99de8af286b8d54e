"""Posts as a viewer sees them: load, judge, render.

Spec: Mastodon documentation, entities/Status
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from marula.base.db import Connection, Row
from marula.base.kernel.errors import NotFound
from marula.base.kernel.ids import AccountId, PostId
from marula.domain.context import Context
from marula.domain.posts import Ties, Visibility, rules
from marula.entities import Status
from marula.views import account, poll, store, tagged
from marula.views.body import ASKING, bodies
from marula.views.fragments import fill
from marula.views.remembered import of
from marula.views.rendered import Rendered

_VISIBILITIES = tuple(Visibility)


async def statuses(
    ctx: Context, db: Connection, viewer: AccountId | None, ids: Sequence[PostId], *, listed: bool = True
) -> list[Rendered[Status]]:
    """Those of these posts that the viewer may see, in this order.

    `listed`: also leave out what comes from people the viewer blocks or mutes.
    Costs: one statement; up to four more when something is not remembered or has a poll. Their number does not grow
    with the number of posts.
    """
    found = await statuses_by_id(ctx, db, viewer, ids, listed=listed)
    return [found[identifier] for identifier in ids if identifier in found]


async def statuses_by_id(
    ctx: Context, db: Connection, viewer: AccountId | None, ids: Sequence[PostId], *, listed: bool = True
) -> dict[PostId, Rendered[Status]]:
    """The same, by id."""
    if not ids:
        return {}
    rows = await store.sighted(db, viewer, ids)
    kept = [identifier for identifier in dict.fromkeys(ids) if _passes(rows, identifier, viewer, listed)]
    return await _render(ctx, db, viewer, rows, kept)


async def status(
    ctx: Context, db: Connection, viewer: AccountId | None, identifier: PostId, *, known: bool = False
) -> Rendered[Status]:
    """This post. Raises NotFound also when the viewer may not know that it exists.

    `known`: the viewer did something with it when they could see it, and has just taken that back.
    """
    if known:
        rows = await store.sighted(db, viewer, [identifier])
        found = await _render(ctx, db, viewer, rows, [identifier] if identifier in rows else [])
    else:
        found = await statuses_by_id(ctx, db, viewer, [identifier], listed=False)
    if identifier not in found:
        raise NotFound("Not Found")
    return found[identifier]


class Thread(NamedTuple):
    """A post, what it answers, the oldest first, and what answers it."""

    post: Rendered[Status]
    above: list[Rendered[Status]]
    below: list[Rendered[Status]]


async def thread(
    ctx: Context,
    db: Connection,
    viewer: AccountId | None,
    identifier: PostId,
    above: Sequence[PostId],
    below: Sequence[PostId],
) -> Thread:
    """A post and those of the posts around it that the viewer may see. Raises NotFound as `status`.

    Costs: as `statuses`.
    """
    rows = await store.sighted(db, viewer, [identifier, *above, *below])
    if not _passes(rows, identifier, viewer, listed=False):
        raise NotFound("Not Found")
    around = [one for one in (*above, *below) if _passes(rows, one, viewer, listed=True)]
    found = await _render(ctx, db, viewer, rows, [identifier, *around])
    if identifier not in found:
        raise NotFound("Not Found")
    return Thread(
        found[identifier],
        [found[one] for one in above if one in found],
        [found[one] for one in below if one in found],
    )


def _passes(rows: Mapping[int, Row], identifier: int, viewer: AccountId | None, listed: bool) -> bool:
    """Judge a post and, for a boost, what it boosts. What one boosted oneself stays while one may see it."""
    row = rows.get(identifier)
    if row is None:
        return False
    author, ties = row["account_id"], _ties(*row[store.TIES])
    if not rules.visible(_VISIBILITIES[row["visibility"]], author, row["author_suspended"], viewer, ties):
        return False
    if listed and not rules.wanted(author, viewer, ties):
        return False
    origin = row["reblog_of_id"]
    return origin is None or _passes(rows, origin, viewer, listed and author != viewer)


@lru_cache(maxsize=32)
def _ties(mentioned: bool, follows: bool, blocks: bool, blocked_by: bool, mutes: bool, hides_domain: bool) -> Ties:
    return Ties(
        mentioned=mentioned,
        follows=follows,
        blocks=blocks,
        blocked_by=blocked_by,
        mutes=mutes,
        hides_domain=hides_domain,
    )


async def _render(
    ctx: Context, db: Connection, viewer: AccountId | None, rows: Mapping[int, Row], kept: Sequence[PostId]
) -> dict[PostId, Rendered[Status]]:
    """The posts with what the viewer did with them. What shows of a post to all is remembered while it is the same."""
    remembered = of(ctx).shown
    done: dict[int, bytes] = {}
    missing: dict[int, Row] = {}
    for identifier in kept:
        row = rows[identifier]
        origin = row["reblog_of_id"]
        for one, its in ((identifier, row),) if origin is None else ((origin, rows[origin]), (identifier, row)):
            if one in done or one in missing:
                continue
            found = remembered.get(one, its[store.STATE])
            if found is None:
                missing[one] = its
            else:
                done[one] = _marked(found[0], its, its, viewer)
    if missing:
        await _fill(ctx, db, viewer, rows, missing, done)
    whole: dict[PostId, Rendered[Status]] = {one: Rendered(done[one]) for one in kept if one in done}
    return await tagged.filled(ctx, db, viewer, whole)


async def _fill(
    ctx: Context,
    db: Connection,
    viewer: AccountId | None,
    rows: Mapping[int, Row],
    missing: Mapping[int, Row],
    done: dict[int, bytes],
) -> None:
    """Put those that are missing to those that are done; a boosted post stands before its boost."""
    remembered = of(ctx).shown
    pieces = await bodies(ctx, db, missing)
    authors = await account.embedded(ctx, db, {row["account_id"]: row[store.AUTHOR] for row in missing.values()})
    asking = [PostId(identifier) for identifier, found in pieces.items() if len(found) == ASKING]
    polls = await poll.polls_of(ctx, db, viewer, asking) if asking else {}
    for identifier, row in missing.items():
        origin = row["reblog_of_id"]
        author = authors.get(row["account_id"])
        if identifier not in pieces or author is None or (origin is not None and origin not in done):
            continue  # deleted in between
        asks = len(pieces[identifier]) == ASKING
        values = [author, b"null" if origin is None else done[origin]]
        if asks:
            values.append(polls.get(identifier, b"null"))
        values += (b"%d" % row[name] for name in ("replies_count", "reblogs_count", "favourites_count"))
        whole = fill(pieces[identifier], values)
        if origin is None and not asks:
            remembered.put(identifier, row[store.STATE], (whole,))
        done[identifier] = _marked(whole, row, row if origin is None else rows[origin], viewer)


def _marked(whole: bytes, row: Row, proper: Row, viewer: AccountId | None) -> bytes:
    """A post with what the viewer did with it; with a boost, what they did with what it boosts."""
    if viewer is None:
        return whole
    pinnable = row["account_id"] == viewer and row["reblog_of_id"] is None and row["visibility"] < Visibility.DIRECT
    return whole[:-1] + _flags(*proper[store.MARKS], row["pinned"] if pinnable else None)


_WORD = {True: b"true", False: b"false"}


@lru_cache(maxsize=64)
def _flags(favourited: bool, reblogged: bool, muted: bool, bookmarked: bool, pinned: bool | None) -> bytes:
    flags = b',"favourited":%b,"reblogged":%b,"muted":%b,"bookmarked":%b,"filtered":[]' % (
        _WORD[favourited],
        _WORD[reblogged],
        _WORD[muted],
        _WORD[bookmarked],
    )
    return flags + b"}" if pinned is None else flags + b',"pinned":%b}' % _WORD[pinned]
