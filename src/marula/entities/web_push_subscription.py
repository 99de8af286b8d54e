"""Messages to a browser or telephone that is asleep."""

from typing import Annotated, Literal

from msgspec import UNSET, Meta, UnsetType, field

from marula.entities.entity import Entity
from marula.entities.notification import NotificationType
from marula.entities.scalars import Url


class PushAlerts(Entity, kw_only=True):
    """Which kinds of notification to push; only those that the client named.

    Spec: Mastodon documentation, entities/WebPushSubscription (alerts)
    """

    mention: bool | UnsetType = UNSET
    quote: bool | UnsetType = UNSET
    status: bool | UnsetType = UNSET
    reblog: bool | UnsetType = UNSET
    follow: bool | UnsetType = UNSET
    follow_request: bool | UnsetType = UNSET
    favourite: bool | UnsetType = UNSET
    poll: bool | UnsetType = UNSET
    update: bool | UnsetType = UNSET
    quoted_update: bool | UnsetType = UNSET
    added_to_collection: bool | UnsetType = UNSET
    collection_update: bool | UnsetType = UNSET
    severed_relationships: bool | UnsetType = UNSET
    moderation_warning: bool | UnsetType = UNSET
    annual_report: bool | UnsetType = UNSET
    admin_sign_up: bool | UnsetType = field(name="admin.sign_up", default=UNSET)
    admin_report: bool | UnsetType = field(name="admin.report", default=UNSET)


class WebPushSubscription(Entity, kw_only=True):
    """Where to push what.

    Spec: Mastodon documentation, entities/WebPushSubscription
    """

    id: Annotated[int, Meta(description="A JSON number, although the page says string.")]
    endpoint: Url
    standard: Annotated[bool, Meta(description="true for RFC 8291, false for the draft before it.")]
    alerts: PushAlerts
    policy: Literal["all", "followed", "follower", "none"]
    server_key: str


class WebPushPayload(Entity, kw_only=True):
    """What is inside a push message once it is decrypted.

    Spec: Mastodon documentation, methods/push
    """

    access_token: str
    preferred_locale: str
    notification_id: int
    notification_type: NotificationType
    icon: Url
    title: str
    body: Annotated[str, Meta(description="At most 140 characters.")]
