"""Posts. Quote and ShallowQuote live here too, because a status holds a quote and a quote holds a status."""

from typing import TYPE_CHECKING, Annotated, Any, Literal

from msgspec import UNSET, Meta, UnsetType

from marula.entities.account import Account
from marula.entities.collection import Collection
from marula.entities.custom_emoji import CustomEmoji
from marula.entities.entity import Entity
from marula.entities.filter_result import FilterResult
from marula.entities.media_attachment import MediaAttachment
from marula.entities.poll import Poll
from marula.entities.preview_card import PreviewCard
from marula.entities.quote_approval import QuoteApproval
from marula.entities.reaction import Reaction
from marula.entities.scalars import Datetime, Html, Id, Url, Visibility

QuoteState = Literal[
    "pending",
    "accepted",
    "rejected",
    "revoked",
    "deleted",
    "unauthorized",
    "blocked_account",
    "blocked_domain",
    "muted_account",
]


class Quote(Entity, kw_only=True):
    """A quoted post.

    Spec: Mastodon documentation, entities/Quote
    """

    state: QuoteState
    quoted_status: Annotated["Status | None", Meta(description="null unless the state lets it be shown.")]


class ShallowQuote(Entity, kw_only=True):
    """A quoted post by its id, inside a post that is itself quoted.

    Spec: Mastodon documentation, entities/ShallowQuote
    """

    state: QuoteState
    quoted_status_id: Id | None


if TYPE_CHECKING:
    MaybeQuote = Quote | ShallowQuote | None
else:
    # msgspec has no unions of structs without a tag, so the schema is spelled out.
    MaybeQuote = Annotated[
        Any,
        Meta(
            extra_json_schema={
                "anyOf": [
                    {"$ref": "#/components/schemas/Quote"},
                    {"$ref": "#/components/schemas/ShallowQuote"},
                    {"type": "null"},
                ]
            }
        ),
    ]


class StatusMention(Entity, kw_only=True):
    """Somebody named in a post.

    Spec: Mastodon documentation, entities/Status (Mention)
    """

    id: Id
    username: str
    url: Url
    acct: str


class StatusTag(Entity, kw_only=True):
    """A hashtag in a post.

    Spec: Mastodon documentation, entities/Status (Tag)
    """

    name: Annotated[str, Meta(description="Without #.")]
    url: Url


class StatusApplication(Entity, kw_only=True):
    """The program a post was written with.

    Spec: Mastodon documentation, entities/Status (application)
    """

    name: str
    website: Url | None


class Status(Entity, kw_only=True):
    """A post. The fields about the viewer's own deeds are absent without a signed-in user.

    Spec: Mastodon documentation, entities/Status
    """

    id: Id
    uri: Annotated[str, Meta(description="The id of the object on the wire.")]
    url: Annotated[Url | None, Meta(description="The page for people.")]
    created_at: Datetime
    edited_at: Datetime | None
    account: Account
    content: Annotated[Html | UnsetType, Meta(description="Absent when a delete answers with text.")] = UNSET
    text: Annotated[str | UnsetType, Meta(description="As written; only when a delete answers.")] = UNSET
    spoiler_text: Annotated[str, Meta(description="Empty when there is no warning.")]
    sensitive: bool
    visibility: Annotated[Visibility, Meta(description="Posts to a limited circle appear as private.")]
    language: str | None
    in_reply_to_id: Id | None
    in_reply_to_account_id: Id | None
    reblog: "Status | None"
    quote: MaybeQuote
    quote_approval: QuoteApproval
    media_attachments: list[MediaAttachment]
    mentions: list[StatusMention]
    tags: list[StatusTag]
    emojis: list[CustomEmoji]
    tagged_collections: list[Collection]
    poll: Poll | None
    card: PreviewCard | None
    application: Annotated[
        StatusApplication | UnsetType | None, Meta(description="Only if the author shows it, or is the viewer.")
    ] = UNSET
    replies_count: int
    reblogs_count: int
    favourites_count: int
    quotes_count: int
    favourited: bool | UnsetType = UNSET
    reblogged: bool | UnsetType = UNSET
    muted: Annotated[bool | UnsetType, Meta(description="Whether the viewer muted the thread.")] = UNSET
    bookmarked: bool | UnsetType = UNSET
    pinned: Annotated[bool | UnsetType, Meta(description="Only on posts the viewer could pin.")] = UNSET
    filtered: list[FilterResult] | UnsetType = UNSET
    reactions: Annotated[
        list[Reaction] | UnsetType,
        Meta(description="An extension of Marula: with which emoji people reacted. Absent when nobody did."),
    ] = UNSET
