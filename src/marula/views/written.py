"""Posts as other servers read them: what is said, to whom, and what hangs on it. No viewer: whoever asks has judged.

Spec: ActivityPub 3; Mastodon documentation, spec/activitypub
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec

from marula.base.db import Connection, Row
from marula.base.kernel.ids import AccountId, PostId, QuoteId
from marula.base.text import find_hashtags, normalise_hashtag
from marula.domain import actors
from marula.domain.context import Context
from marula.domain.emoji import Emoji
from marula.domain.media import Kind
from marula.domain.posts import Quoters, QuoteState, Visibility
from marula.views import card, store
from marula.views.emoji import Emojis
from marula.views.media import Held, attachment, held

OWN_REPLIES = store.OWN_REPLIES
"""Answers of an author to themselves that come with a post, at most."""


class Named(msgspec.Struct, frozen=True):
    """Somebody mentioned: the id of the actor, the handle with its domain, and, of a group, whom it passes posts to."""

    uri: str
    acct: str
    followers: str | None = None


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """The poll of a post."""

    options: tuple[str, ...]
    tallies: tuple[int, ...]
    voters_count: int
    multiple: bool
    hide_totals: bool
    expires_at: datetime | None
    closed_at: datetime | None


class Quoting(msgspec.Struct, frozen=True, kw_only=True):
    """What a post quotes. `stamp`: the consent of its author, when it is ours and was given."""

    uri: str
    stamp: str | None


class WrittenFile(msgspec.Struct, frozen=True, kw_only=True):
    """A file of a post. `still`: the picture that stands for a film or a sound. `duration`: in seconds."""

    kind: Kind
    url: str
    content_type: str | None
    description: str | None
    blurhash: str | None
    width: int | None
    height: int | None
    duration: float | None
    focus: tuple[float, float] | None
    still: str | None


class Written(msgspec.Struct, frozen=True, kw_only=True):
    """A post with everything that goes on the wire. Of a boost, `boosts` is the id of what it boosts.

    `answered`: whose post it answers, unless that is its author. `tags`: pairs of name and the name as it is written.
    """

    id: PostId
    account_id: AccountId
    uri: str
    author: str
    url: str
    html: str
    spoiler_text: str
    language: str | None
    visibility: Visibility
    sensitive: bool
    created_at: datetime
    edited_at: datetime | None
    answers: str | None
    answered: Named | None
    boosts: str | None
    boosted_author: str | None
    quotes: Quoting | None
    quoters: Quoters
    conversation_id: int | None
    group: str | None
    approved_by: str | None
    mentions: tuple[Named, ...]
    tags: tuple[tuple[str, str], ...]
    emojis: tuple[Emoji, ...]
    question: Question | None
    files: tuple[WrittenFile, ...]
    card: card.Held | None
    own_replies: tuple[PostId, ...]
    favourites_count: int
    reblogs_count: int


_mentions = msgspec.json.Decoder(list[tuple[int, str, str | None, str | None, str | None]])


async def written(ctx: Context, db: Connection, posts: Sequence[PostId]) -> dict[PostId, Written]:
    """These posts, those that exist. Costs: one statement."""
    rows = await store.written(db, posts)
    emojis = await Emojis.local(ctx)
    return {row["id"]: _written(ctx, row, emojis) for row in rows}


def _written(ctx: Context, row: Row, emojis: Emojis) -> Written:
    config = ctx.config
    uri = row["uri"] or actors.post_uri(config, row["account_id"], row["id"])
    options: Any = row["options"] or ()
    return Written(
        id=row["id"],
        account_id=row["account_id"],
        uri=uri,
        author=row["author_uri"] or actors.actor_uri(config, row["account_id"]),
        url=row["url"] or f"{config.web_url}/@{row['username']}/{row['id']}",
        html=row["html"],
        spoiler_text=row["spoiler_text"],
        language=row["language"],
        visibility=Visibility(row["visibility"]),
        sensitive=row["sensitive"],
        created_at=row["created_at"],
        edited_at=row["edited_at"],
        answers=_uri_of(ctx, row, "parent"),
        answered=_answered(ctx, row),
        boosts=_uri_of(ctx, row, "boosted"),
        boosted_author=_author_of(ctx, row, "boosted"),
        quotes=_quoting(ctx, row),
        quoters=Quoters(row["quote_automatic"]),
        conversation_id=row["conversation_id"],
        group=row["group_uri"],
        approved_by=row["approved_by"],
        mentions=tuple(_named(ctx, *one) for one in _mentions.decode(row["mentions"])) if row["mentions"] else (),
        tags=_spelled(row),
        emojis=tuple(emojis.among(row["html"], row["spoiler_text"], *options)),
        question=_question(row) if options else None,
        files=tuple(_file(ctx, one) for one in held(row["media"])),
        card=card.held(row["card"]),
        own_replies=tuple(row["own_replies"]),
        favourites_count=row["favourites_count"],
        reblogs_count=row["reblogs_count"],
    )


def _file(ctx: Context, one: Held) -> WrittenFile:
    shown = attachment(ctx, one)
    original: dict[str, Any] = one.meta.get("original", {})
    return WrittenFile(
        kind=one.kind,
        url=shown.url or shown.remote_url or "",
        content_type=one.content_type,
        description=one.description,
        blurhash=one.blurhash,
        width=original.get("width"),
        height=original.get("height"),
        duration=original.get("duration"),
        focus=None if one.focus_x is None or one.focus_y is None else (one.focus_x, one.focus_y),
        still=None if one.kind is Kind.IMAGE else shown.preview_url,
    )


def _uri_of(ctx: Context, row: Row, what: str) -> str | None:
    if row[f"{what}_id"] is None:
        return None
    return row[f"{what}_uri"] or actors.post_uri(ctx.config, row[f"{what}_account_id"], row[f"{what}_id"])


def _author_of(ctx: Context, row: Row, what: str) -> str | None:
    if row[f"{what}_id"] is None:
        return None
    return row[f"{what}_author_uri"] or actors.actor_uri(ctx.config, row[f"{what}_account_id"])


def _answered(ctx: Context, row: Row) -> Named | None:
    account = row["parent_account_id"]
    if account is None or account == row["account_id"]:
        return None
    return _named(ctx, account, row["parent_username"], row["parent_domain"], row["parent_author_uri"], None)


def _named(ctx: Context, account: int, username: str, domain: str | None, uri: str | None, group: str | None) -> Named:
    return Named(
        uri or actors.actor_uri(ctx.config, AccountId(account)),
        f"{username}@{domain or ctx.config.local_domain}",
        group,
    )


def _quoting(ctx: Context, row: Row) -> Quoting | None:
    """The quote, unless its author refused it or what it quotes is gone. Our own quotes of ourselves need no stamp."""
    if row["quoted_id"] is None or QuoteState(row["quote_state"]) not in (QuoteState.PENDING, QuoteState.ACCEPTED):
        return None
    uri, author = _uri_of(ctx, row, "quoted"), row["quoted_account_id"]
    assert uri is not None
    stamp: str | None = row["stamp_uri"]
    if row["quoted_uri"] is None and row["quote_state"] == QuoteState.ACCEPTED and author != row["account_id"]:
        stamp = actors.stamp_uri(ctx.config, author, QuoteId(row["quote_id"]))
    return Quoting(uri=uri, stamp=stamp)


def _spelled(row: Row) -> tuple[tuple[str, str], ...]:
    """The hashtags, as the author wrote them where the text has them."""
    shown: dict[str, str] = {normalise_hashtag(name): name for name in reversed(find_hashtags(row["text"]))}
    names: list[str] = row["tags"] or []
    return tuple((name, shown.get(name, name)) for name in names)


def _question(row: Row) -> Question:
    return Question(
        options=tuple(row["options"]),
        tallies=tuple(row["tallies"]),
        voters_count=row["voters_count"],
        multiple=row["multiple"],
        hide_totals=row["hide_totals"],
        expires_at=row["expires_at"],
        closed_at=row["closed_at"],
    )
