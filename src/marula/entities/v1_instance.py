"""This server, as it presents itself to older clients."""

from typing import Annotated

from msgspec import Meta

from marula.entities.account import Account
from marula.entities.entity import Entity
from marula.entities.rule import Rule
from marula.entities.scalars import Url


class V1InstanceUrls(Entity, kw_only=True):
    """Where streaming is found.

    Spec: Mastodon documentation, entities/V1_Instance (urls)
    """

    streaming_api: Annotated[Url, Meta(description="A wss URL without the path of the API.")]


class V1InstanceStats(Entity, kw_only=True):
    """How big the server is.

    Spec: Mastodon documentation, entities/V1_Instance (stats)
    """

    user_count: int
    status_count: int
    domain_count: int


class V1AccountLimits(Entity, kw_only=True):
    """How much fits into a profile.

    Spec: Mastodon documentation, entities/V1_Instance (configuration.accounts)
    """

    max_featured_tags: int


class StatusLimits(Entity, kw_only=True):
    """How much fits into a post.

    Spec: Mastodon documentation, entities/Instance (configuration.statuses)
    """

    max_characters: int
    max_media_attachments: int
    characters_reserved_per_url: int


class V1MediaLimits(Entity, kw_only=True):
    """What may be uploaded: sizes in bytes, matrices in pixels.

    Spec: Mastodon documentation, entities/V1_Instance (configuration.media_attachments)
    """

    supported_mime_types: list[str]
    image_size_limit: int
    image_matrix_limit: int
    video_size_limit: int
    video_frame_rate_limit: int
    video_matrix_limit: int


class PollLimits(Entity, kw_only=True):
    """How big and how long a poll may be, times in seconds.

    Spec: Mastodon documentation, entities/Instance (configuration.polls)
    """

    max_options: int
    max_characters_per_option: int
    min_expiration: int
    max_expiration: int


class V1InstanceConfiguration(Entity, kw_only=True):
    """The limits that clients obey.

    Spec: Mastodon documentation, entities/V1_Instance (configuration)
    """

    accounts: V1AccountLimits
    statuses: StatusLimits
    media_attachments: V1MediaLimits
    polls: PollLimits


class V1Instance(Entity, kw_only=True):
    """This server.

    Spec: Mastodon documentation, entities/V1_Instance
    """

    uri: Annotated[str, Meta(description="The domain, not a URL.")]
    title: str
    short_description: str
    description: str
    email: str
    version: Annotated[str, Meta(description="Starts with the Mastodon version that clients may expect.")]
    urls: V1InstanceUrls
    stats: V1InstanceStats
    thumbnail: Url | None
    languages: list[str]
    registrations: bool
    approval_required: bool
    invites_enabled: bool
    configuration: V1InstanceConfiguration
    contact_account: Account | None
    rules: list[Rule]
