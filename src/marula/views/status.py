"""Posts as a viewer sees them: load, judge, render.

Spec: Mastodon documentation, entities/Status
"""

from collections.abc import Mapping, Sequence

import msgspec

from marula.base.db import Connection, Row
from marula.base.kernel.errors import NotFound
from marula.base.kernel.ids import AccountId, PostId
from marula.domain.context import Context
from marula.domain.posts import Ties, Visibility, rules
from marula.entities import QuoteApproval, Status, StatusApplication, StatusMention, StatusTag
from marula.entities.scalars import datetime_text
from marula.views import account, poll, store
from marula.views.emoji import Emojis
from marula.views.fragments import HOLE, fill, split
from marula.views.remembered import of
from marula.views.rendered import Rendered

NOBODY_QUOTES = QuoteApproval(automatic=[], manual=[], current_user="denied")

_mentions = msgspec.json.Decoder(list[tuple[str, str, str | None, str | None]])


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


def _passes(rows: Mapping[int, Row], identifier: int, viewer: AccountId | None, listed: bool) -> bool:
    """Judge a post and, for a boost, what it boosts."""
    row = rows.get(identifier)
    if row is None:
        return False
    ties = _ties(row)
    if not rules.visible(Visibility(row["visibility"]), row["account_id"], row["author_suspended"], viewer, ties):
        return False
    if listed and not rules.wanted(row["account_id"], viewer, ties):
        return False
    origin = row["reblog_of_id"]
    return origin is None or _passes(rows, origin, viewer, listed)


def _ties(row: Row) -> Ties:
    return Ties(
        mentioned=row["mentioned"],
        follows=row["follows"],
        blocks=row["blocks"],
        blocked_by=row["blocked_by"],
        mutes=row["mutes"],
    )


async def _render(
    ctx: Context, db: Connection, viewer: AccountId | None, rows: Mapping[int, Row], kept: Sequence[PostId]
) -> dict[PostId, Rendered[Status]]:
    shown: dict[int, Row] = {identifier: rows[identifier] for identifier in kept}
    for row in list(shown.values()):
        if row["reblog_of_id"] is not None:
            shown[row["reblog_of_id"]] = rows[row["reblog_of_id"]]
    pieces = await _pieces(ctx, db, shown)
    authors = await account.embedded(ctx, db, {row["account_id"]: row for row in shown.values()})
    asked = [PostId(identifier) for identifier, row in shown.items() if row["poll_id"] is not None]
    polls = await poll.polls_of(ctx, db, viewer, asked) if asked else {}
    done: dict[int, bytes] = {}
    for identifier, row in sorted(shown.items(), key=lambda item: item[1]["reblog_of_id"] is not None):
        if identifier not in pieces:
            continue
        origin = row["reblog_of_id"]
        boosted = b"null" if origin is None else done[origin]
        question = polls.get(identifier, b"null")
        values = (
            authors[row["account_id"]],
            boosted,
            question,
            b"%d" % row["replies_count"],
            b"%d" % row["reblogs_count"],
            b"%d" % row["favourites_count"],
        )
        whole = fill(pieces[identifier], values)
        if viewer is not None:
            whole = whole[:-1] + _flags(row, rows[origin] if origin is not None else row, viewer) + b"}"
        done[identifier] = whole
    return {identifier: Rendered(done[identifier]) for identifier in kept}


_WORD = {True: b"true", False: b"false"}


def _flags(row: Row, proper: Row, viewer: AccountId) -> bytes:
    """What the viewer did with a post; of a boost, with what it boosts."""
    flags = b',"favourited":%b,"reblogged":%b,"muted":%b,"bookmarked":%b,"filtered":[]' % (
        _WORD[proper["favourited"]],
        _WORD[proper["reblogged"]],
        _WORD[proper["thread_muted"]],
        _WORD[proper["bookmarked"]],
    )
    pinnable = row["account_id"] == viewer and row["reblog_of_id"] is None and row["visibility"] < Visibility.DIRECT
    return flags + b',"pinned":%b' % _WORD[row["pinned"]] if pinnable else flags


async def _pieces(ctx: Context, db: Connection, shown: Mapping[int, Row]) -> dict[int, tuple[bytes, ...]]:
    kept = of(ctx).posts
    pieces: dict[int, tuple[bytes, ...]] = {}
    missing: list[PostId] = []
    for identifier, row in shown.items():
        found = kept.get(identifier, row["version"])
        if found is None:
            missing.append(PostId(identifier))
        else:
            pieces[identifier] = found
    if missing:
        emojis = await Emojis.local(ctx)
        for row in await store.bodies(db, missing):
            made = split(_entity(ctx, row, emojis))
            pieces[row["id"]] = made
            kept.put(row["id"], row["version"], made)
    return pieces


def _entity(ctx: Context, row: Row, emojis: Emojis) -> Status:
    """The entity with holes for author, boosted post, poll and counters, in the order of Status's fields."""
    web = ctx.config.web_url
    uri = row["uri"] or f"{web}/users/{row['username']}/statuses/{row['id']}"
    url = row["url"] or (f"{web}/@{row['username']}/{row['id']}" if row["local"] else None)
    if row["reblog_of_id"] is not None and row["uri"] is None:
        uri = url = f"{uri}/activity"
    return Status(
        id=str(row["id"]),
        uri=uri,
        url=url,
        created_at=datetime_text(row["created_at"]),
        edited_at=None if row["edited_at"] is None else datetime_text(row["edited_at"]),
        account=HOLE,
        content=row["html"],
        spoiler_text=row["spoiler_text"],
        sensitive=row["sensitive"],
        visibility=Visibility(row["visibility"]).word,
        language=row["language"],
        in_reply_to_id=_text(row["in_reply_to_id"]),
        in_reply_to_account_id=_text(row["in_reply_to_account_id"]),
        reblog=HOLE,
        quote=None,
        quote_approval=NOBODY_QUOTES,
        media_attachments=[],
        mentions=_mentioned(web, row["mentions"]),
        tags=[StatusTag(name=name, url=f"{web}/tags/{name}") for name in row["tags"] or ()],
        emojis=emojis.used(row["html"], row["spoiler_text"], *(row["poll_options"] or ())),
        tagged_collections=[],
        poll=HOLE,
        card=None,
        application=_application(row),
        replies_count=HOLE,
        reblogs_count=HOLE,
        favourites_count=HOLE,
        quotes_count=0,
    )


def _mentioned(web: str, raw: str | None) -> list[StatusMention]:
    if raw is None:
        return []
    return [
        StatusMention(
            id=identifier,
            username=username,
            acct=username if domain is None else f"{username}@{domain}",
            url=url or f"{web}/@{username}",
        )
        for identifier, username, domain, url in _mentions.decode(raw)
    ]


def _application(row: Row) -> StatusApplication | msgspec.UnsetType | None:
    """The program of a local post; posts of other servers do not say."""
    if not row["local"]:
        return msgspec.UNSET
    if row["app_name"] is None:
        return None
    return StatusApplication(name=row["app_name"], website=row["app_website"] or None)


def _text(identifier: int | None) -> str | None:
    return None if identifier is None else str(identifier)
