"""What a post says: the part that is the same for every viewer, encoded once for each version.

Spec: Mastodon documentation, entities/Status
"""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from marula.base.db import Connection, Row
from marula.base.kernel.ids import PostId
from marula.domain import actors
from marula.domain.context import Context
from marula.domain.posts import Visibility
from marula.entities import PreviewCard, Status, StatusApplication, StatusMention, StatusTag
from marula.entities.scalars import datetime_text
from marula.views import card, store
from marula.views.emoji import Emojis
from marula.views.fragments import HOLE, split
from marula.views.media import attachments
from marula.views.remembered import of
from marula.views.tagged import marked

ASKING = 8
"""Pieces of a post with a poll; one without has a hole less."""

PER_VIEWER: Any = msgspec.UNSET
"""Stands for a value that is not the same for all viewers: it is added at the end, for each of them."""

_mentions = msgspec.json.Decoder(list[tuple[str, str, str | None, str | None]])


async def bodies(ctx: Context, db: Connection, rows: Mapping[int, Row]) -> dict[int, tuple[bytes, ...]]:
    """The pieces of these posts by id: the holes are author, boosted post, poll (if any) and four counters.

    Takes: rows that hold their version.
    Costs: one statement when some are not remembered, two when one of these uses custom emoji of another server;
    two more when their cards name accounts as authors.
    """
    kept = of(ctx).posts
    pieces: dict[int, tuple[bytes, ...]] = {}
    missing: list[PostId] = []
    for identifier, row in rows.items():
        found = kept.get(identifier, row["version"])
        if found is None:
            missing.append(PostId(identifier))
        else:
            pieces[identifier] = found
    if missing:
        for row, made in await _made(ctx, db, missing):
            pieces[row["id"]] = made
            kept.put(row["id"], row["version"], made)
    return pieces


async def _made(ctx: Context, db: Connection, posts: Sequence[PostId]) -> list[tuple[Row, tuple[bytes, ...]]]:
    """These posts as they are in the database."""
    rows = await store.bodies(db, posts)
    emojis = await Emojis.within(ctx, db, ((row["domain"], _texts(row)) for row in rows))
    cards = [card.held(row["card"]) for row in rows]
    authors = await card.authors(ctx, db, cards)
    return [
        (row, split(_entity(ctx, row, emojis, card.shown(ctx, one, authors))))
        for row, one in zip(rows, cards, strict=True)
    ]


def _entity(ctx: Context, row: Row, emojis: Emojis, shown: PreviewCard | None) -> Status:
    """The entity with holes for author, boosted post, poll and counters, in the order of Status's fields."""
    web = ctx.config.web_url
    uri = row["uri"] or actors.post_uri(ctx.config, row["account_id"], row["id"])
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
        quote=PER_VIEWER,
        quote_approval=PER_VIEWER,
        media_attachments=attachments(ctx, row["media"]),
        mentions=_mentioned(web, row["mentions"]),
        tags=[StatusTag(name=name, url=f"{web}/tags/{name}") for name in row["tags"] or ()],
        emojis=emojis.used(*_texts(row), domain=row["domain"]),
        tagged_collections=marked(ctx, row["text"]),
        poll=None if row["poll_options"] is None else HOLE,
        card=shown,
        application=_application(row),
        replies_count=HOLE,
        reblogs_count=HOLE,
        favourites_count=HOLE,
        quotes_count=HOLE,
    )


def _texts(row: Row) -> tuple[str, ...]:
    """All of a post that may hold custom emoji."""
    return row["html"], row["spoiler_text"], *(row["poll_options"] or ())


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
