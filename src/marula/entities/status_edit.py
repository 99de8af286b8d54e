"""What a post used to say."""

from typing import Annotated

from msgspec import UNSET, Meta, UnsetType

from marula.entities.account import Account
from marula.entities.custom_emoji import CustomEmoji
from marula.entities.entity import Entity
from marula.entities.media_attachment import MediaAttachment
from marula.entities.scalars import Datetime, Html
from marula.entities.status import MaybeQuote


class EditedPollOption(Entity, kw_only=True):
    """An answer, as it was worded.

    Spec: Mastodon documentation, entities/StatusEdit (poll.options)
    """

    title: str


class EditedPoll(Entity, kw_only=True):
    """The answers of a poll at that time.

    Spec: Mastodon documentation, entities/StatusEdit (poll)
    """

    options: list[EditedPollOption]


class StatusEdit(Entity, kw_only=True):
    """One version of a post.

    Spec: Mastodon documentation, entities/StatusEdit
    """

    content: Html
    spoiler_text: str
    sensitive: bool
    created_at: Datetime
    account: Account
    poll: Annotated[EditedPoll | UnsetType, Meta(description="The wording only, no votes.")] = UNSET
    media_attachments: list[MediaAttachment]
    emojis: list[CustomEmoji]
    quote: MaybeQuote | UnsetType = UNSET
