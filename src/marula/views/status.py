"""Posts as a viewer sees them: load, judge, render.

Spec: Mastodon documentation, entities/Status
"""

from collections.abc import Hashable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from marula.base.db import Connection, Row
from marula.base.kernel.errors import NotFound
from marula.base.kernel.ids import AccountId, PostId
from marula.domain import filters
from marula.domain.context import Context
from marula.domain.posts import Visibility, rules
from marula.entities import Status
from marula.views import account, filtered, poll, store, tagged
from marula.views.body import ASKING, bodies
from marula.views.fragments import fill
from marula.views.quote import approval, quoted, quoted_shallow, shown_quote, ties_of, visible
from marula.views.reactions import reactions_of
from marula.views.remembered import of
from marula.views.rendered import Rendered

COUNTERS = ("replies_count", "reblogs_count", "favourites_count", "quotes_count")


async def statuses(
    ctx: Context, db: Connection, viewer: AccountId | None, ids: Sequence[PostId], *, listed: bool = True
) -> list[Rendered[Status]]:
    """Those of these posts that the viewer may see, in this order.

    `listed`: also leave out what comes from people the viewer blocks or mutes.
    Costs: one statement; up to five more when something is not remembered, has a poll, or reactions. Their number does
    not grow with the number of posts.
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


async def for_viewers(
    ctx: Context, db: Connection, viewers: Sequence[AccountId], identifier: PostId, *, personal: bool
) -> dict[AccountId, Rendered[Status]]:
    """One post as each of these viewers sees it; those who may not, or do not want to, are left out.

    `personal`: it shows each viewer something of their own beside the marks, such as their vote.
    Costs: two statements to judge. Viewers who see the same share what is rendered.
    """
    rows = await store.sighted_by(db, viewers, identifier)
    particular = await filters.filtering(db, viewers)
    alike: dict[Hashable, list[AccountId]] = {}
    for viewer in viewers:
        mine = rows.get(viewer, {})
        if _passes(mine, identifier, viewer, listed=True):
            own = personal or viewer in particular or any(_own(row, viewer) for row in mine.values())
            alike.setdefault(viewer if own else _alike(mine), []).append(viewer)
    found: dict[AccountId, Rendered[Status]] = {}
    for same in alike.values():
        shown = await _render(ctx, db, same[0], rows[same[0]], [identifier])
        found |= {viewer: shown[identifier] for viewer in same if identifier in shown}
    return found


def _own(row: Row, viewer: AccountId) -> bool:
    """Whether a post shows this viewer something that no other sees: it is theirs, or they reacted to it."""
    return row["account_id"] == viewer or row["reacted"]


def _alike(rows: Mapping[int, Row]) -> Hashable:
    """All that a viewer's rows say but who the viewer is: whoever has the same sees the same."""
    return tuple(tuple(value for name, value in row.items() if name != "viewer") for row in rows.values())


def _passes(rows: Mapping[int, Row], identifier: int, viewer: AccountId | None, listed: bool) -> bool:
    """Judge a post and, for a boost, what it boosts. What one boosted oneself stays while one may see it."""
    row = rows.get(identifier)
    if row is None:
        return False
    ties = ties_of(row)
    if not visible(row, viewer, ties) or (listed and not rules.wanted(row["account_id"], viewer, ties)):
        return False
    origin = row["reblog_of_id"]
    return origin is None or _passes(rows, origin, viewer, listed and row["account_id"] != viewer)


async def _render(
    ctx: Context, db: Connection, viewer: AccountId | None, rows: Mapping[int, Row], kept: Sequence[PostId]
) -> dict[PostId, Rendered[Status]]:
    """The posts with what the viewer did with them. What shows of a post to all is remembered while it is the same."""
    remembered = of(ctx).shown
    whole: dict[int, bytes] = {}
    missing: dict[int, Row] = {}
    for identifier in _inside_out(rows, viewer, kept):
        if identifier in whole or identifier in missing:
            continue
        row = rows[identifier]
        found = remembered.get(identifier, row[store.STATE])
        if found is None:
            missing[identifier] = row
        else:
            whole[identifier] = found[0]
    reacted = await reactions_of(ctx, db, viewer, rows)
    if missing:
        await _fill(ctx, db, viewer, rows, missing, whole, reacted)
    done: dict[PostId, Rendered[Status]] = {
        identifier: Rendered(_marked(whole[identifier], rows, identifier, viewer, whole, reacted))
        for identifier in kept
        if identifier in whole
    }
    return await tagged.filled(ctx, db, viewer, await filtered.met(ctx, db, viewer, rows, done))


def _inside_out(rows: Mapping[int, Row], viewer: AccountId | None, kept: Sequence[PostId]) -> Iterator[int]:
    """These posts, each after what it shows inside: what is quoted, then what is boosted."""
    for identifier in kept:
        row = rows[identifier]
        origin = row["reblog_of_id"]
        proper = row if origin is None else rows[origin]
        if proper["quote_state"] is not None and (inner := shown_quote(rows, proper, viewer)) is not None:
            yield inner
        if origin is not None:
            yield origin
        yield identifier


async def _fill(
    ctx: Context,
    db: Connection,
    viewer: AccountId | None,
    rows: Mapping[int, Row],
    missing: Mapping[int, Row],
    whole: dict[int, bytes],
    reacted: Mapping[int, bytes],
) -> None:
    """Put those that are missing to those that are whole; what is inside of a post stands before it."""
    remembered = of(ctx).shown
    pieces = await bodies(ctx, db, missing)
    authors = await account.embedded(ctx, db, {row["account_id"]: row[store.AUTHOR] for row in missing.values()})
    asking = [PostId(identifier) for identifier, found in pieces.items() if len(found) == ASKING]
    polls = await poll.polls_of(ctx, db, viewer, asking) if asking else {}
    for identifier, row in missing.items():
        origin = row["reblog_of_id"]
        author = authors.get(row["account_id"])
        if identifier not in pieces or author is None or (origin is not None and origin not in whole):
            continue  # deleted in between
        asks = len(pieces[identifier]) == ASKING
        values = [author, b"null" if origin is None else _marked(whole[origin], rows, origin, viewer, whole, reacted)]
        if asks:
            values.append(polls.get(identifier, b"null"))
        values += (b"%d" % row[name] for name in COUNTERS)
        whole[identifier] = fill(pieces[identifier], values)
        if origin is None and not asks:
            remembered.put(identifier, row[store.STATE], (whole[identifier],))


def _marked(
    body: bytes,
    rows: Mapping[int, Row],
    identifier: int,
    viewer: AccountId | None,
    whole: Mapping[int, bytes],
    reacted: Mapping[int, bytes],
) -> bytes:
    """A post with its quote, who may quote it, and what the viewer did with it or, with a boost, with the original."""
    row = rows[identifier]
    if row["quote_state"] is None:
        return _ended(body, rows, row, viewer, b"null", reacted)
    inner = shown_quote(rows, row, viewer)
    held = None
    if inner is not None and inner in whole:
        held = _ended(whole[inner], rows, rows[inner], viewer, quoted_shallow(rows, rows[inner], viewer), reacted)
    return _ended(body, rows, row, viewer, quoted(rows, row, viewer, held), reacted)


def _ended(
    body: bytes,
    rows: Mapping[int, Row],
    row: Row,
    viewer: AccountId | None,
    quote: bytes,
    reacted: Mapping[int, bytes],
) -> bytes:
    """A post with its end: all that is not the same for every viewer."""
    origin = row["reblog_of_id"]
    proper = row if origin is None else rows[origin]
    if viewer is None:
        flags = b"}"
    else:
        pinnable = origin is None and row["account_id"] == viewer and row["visibility"] < Visibility.DIRECT
        flags = _flags(*proper[store.MARKS], row["pinned"] if pinnable else None)
    if row["id"] in reacted:
        flags = b',"reactions":%b%b' % (reacted[row["id"]], flags)
    return b'%b,"quote":%b,"quote_approval":%b%b' % (body[:-1], quote, approval(proper, viewer), flags)


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
