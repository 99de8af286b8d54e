"""Announcements as a reader sees them.

Spec: Mastodon documentation, entities/Announcement and entities/Reaction
"""

from collections.abc import Mapping, Sequence

from msgspec import UNSET

from marula.base.db import Connection
from marula.base.kernel.ids import AccountId, PostId
from marula.base.text import Token, normalise_hashtag, render_post, scan
from marula.domain import accounts, emoji
from marula.domain.accounts import Account
from marula.domain.announcements import Reaction as Counted
from marula.domain.announcements import Sighted
from marula.domain.context import Context
from marula.domain.emoji import Emoji
from marula.entities import Announcement, AnnouncementAccount, Reaction, Status, StatusTag, rendered
from marula.entities.scalars import datetime_text
from marula.views.addresses import post_at
from marula.views.emoji import Emojis
from marula.views.rendered import Rendered
from marula.views.status import statuses_by_id


async def announcements(
    ctx: Context, db: Connection, viewer: AccountId | None, told: Sequence[Sighted]
) -> list[Announcement]:
    """These announcements with the accounts and the posts of this server that they name, in this order.

    Costs: one statement for mentions and those of posts, when there are any.
    """
    texts = [one.announcement.text for one in told]
    named = await accounts.named(ctx, db, "\n".join(texts))
    linked = [_linked(ctx, text) for text in texts]
    posts = await statuses_by_id(ctx, db, viewer, list(dict.fromkeys(post for some in linked for post in some)))
    emojis, known = await Emojis.local(ctx), await emoji.all_local(ctx)
    return [
        _entity(ctx, one, named, [posts[post] for post in some if post in posts], emojis, known, viewer)
        for one, some in zip(told, linked, strict=True)
    ]


def _entity(
    ctx: Context,
    one: Sighted,
    named: Mapping[str, Account],
    posts: Sequence[Rendered[Status]],
    emojis: Emojis,
    known: Mapping[str, Emoji],
    viewer: AccountId | None,
) -> Announcement:
    said = one.announcement
    tokens = scan(said.text)
    handles = [_handle(token) for token in tokens if token.kind == "mention"]
    mentioned = {named[handle].id: named[handle] for handle in handles if handle in named}
    return Announcement(
        id=str(said.id),
        content=render_post(
            said.text,
            mentions={handle: accounts.mention_link(ctx, account) for handle, account in named.items()},
            tag_url=lambda name: _tag_url(ctx, name),
        ),
        starts_at=None if said.starts_at is None else datetime_text(said.starts_at),
        ends_at=None if said.ends_at is None else datetime_text(said.ends_at),
        all_day=said.all_day,
        published_at=datetime_text(one.published_at),
        updated_at=datetime_text(said.updated_at),
        read=UNSET if viewer is None else one.read,
        mentions=[_mention(ctx, account) for account in mentioned.values()],
        statuses=[rendered(Status, post.data) for post in posts],
        tags=_tags(ctx, tokens),
        emojis=emojis.used(said.text),
        reactions=[_reaction(counted, known.get(counted.name), viewer) for counted in one.reactions],
    )


def _handle(token: Token) -> str:
    name = token.name.lower()
    return name if token.domain is None else f"{name}@{token.domain.lower()}"


def _mention(ctx: Context, account: Account) -> AnnouncementAccount:
    return AnnouncementAccount(
        id=str(account.id),
        username=account.username,
        url=accounts.mention_link(ctx, account).url,
        acct=account.acct,
    )


def _tags(ctx: Context, tokens: Sequence[Token]) -> list[StatusTag]:
    names = dict.fromkeys(normalise_hashtag(token.name) for token in tokens if token.kind == "hashtag")
    return [StatusTag(name=name, url=_tag_url(ctx, name)) for name in names]


def _tag_url(ctx: Context, name: str) -> str:
    return f"{ctx.config.web_url}/tags/{name}"


def _linked(ctx: Context, text: str) -> list[PostId]:
    """The posts of this server whose addresses stand in a text."""
    found = (post_at(ctx.config, token.text) for token in scan(text) if token.kind == "url")
    return [post for post in found if post is not None]


def _reaction(counted: Counted, custom: Emoji | None, viewer: AccountId | None) -> Reaction:
    return Reaction(
        name=counted.name,
        count=counted.count,
        me=UNSET if viewer is None else counted.me,
        url=UNSET if custom is None else custom.url,
        static_url=UNSET if custom is None else custom.static_url,
    )
