"""Posts to come."""

from typing import Annotated

from msgspec import UNSET, Meta, UnsetType

from marula.entities.entity import Entity
from marula.entities.media_attachment import MediaAttachment
from marula.entities.scalars import Datetime, Id, QuotePolicy, Visibility


class ScheduledPoll(Entity, kw_only=True):
    """The poll of a post to come.

    Spec: Mastodon documentation, entities/ScheduledStatus (params.poll)
    """

    options: list[str]
    expires_in: Annotated[int, Meta(description="Seconds.")]
    multiple: bool | UnsetType = UNSET
    hide_totals: bool | UnsetType = UNSET


class ScheduledParams(Entity, kw_only=True):
    """What was asked when the post was scheduled.

    Spec: Mastodon documentation, entities/ScheduledStatus (params)
    """

    text: str
    poll: ScheduledPoll | None
    media_ids: list[Id] | None
    sensitive: bool | None
    spoiler_text: str | None
    visibility: Visibility | None
    language: str | None
    in_reply_to_id: Annotated[int | None, Meta(description="A JSON number here.")]
    quoted_status_id: Id | None
    quote_approval_policy: QuotePolicy
    allowed_mentions: list[str] | None
    application_id: Annotated[int, Meta(description="Deprecated. A JSON number here.")]
    idempotency: str | None
    scheduled_at: None
    with_rate_limit: Annotated[bool, Meta(description="Deprecated.")]


class ScheduledStatus(Entity, kw_only=True):
    """A post that waits for its time.

    Spec: Mastodon documentation, entities/ScheduledStatus
    """

    id: Id
    scheduled_at: Datetime
    params: ScheduledParams
    media_attachments: list[MediaAttachment]
