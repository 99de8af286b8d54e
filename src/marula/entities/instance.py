"""This server, as it presents itself to clients."""

from typing import Annotated, Literal

from msgspec import UNSET, Meta, UnsetType, field

from marula.entities.account import Account
from marula.entities.entity import Entity
from marula.entities.rule import Rule
from marula.entities.scalars import Html, Url
from marula.entities.v1_instance import PollLimits, StatusLimits, V1MediaLimits


class InstanceIcon(Entity, kw_only=True):
    """The server's icon in one size.

    Spec: Mastodon documentation, entities/Instance (Icon)
    """

    src: str
    size: Annotated[str, Meta(description="Width, x and height in pixels.", examples=["48x48"])]


class AccountLimits(Entity, kw_only=True):
    """How much fits into a profile.

    Spec: Mastodon documentation, entities/Instance (configuration.accounts)
    """

    max_featured_tags: int
    max_pinned_statuses: int
    max_display_name_length: int
    max_note_length: int
    max_avatar_description_length: int
    max_header_description_length: int
    max_profile_fields: int
    profile_field_name_limit: int
    profile_field_value_limit: int


class MediaLimits(V1MediaLimits, kw_only=True):
    """What may be uploaded.

    Spec: Mastodon documentation, entities/Instance (configuration.media_attachments)
    """

    description_limit: int


class FeedAccess(Entity, kw_only=True):
    """Who may read a kind of feed, of this server and of all.

    Spec: Mastodon documentation, entities/Instance (configuration.timelines_access.live_feeds)
    """

    local: Literal["public", "authenticated", "disabled"]
    remote: Literal["public", "authenticated", "disabled"]


class TopicFeedAccess(Entity, kw_only=True):
    """Who may read a feed of one hashtag or link, of which the local half cannot be switched off.

    Spec: Mastodon documentation, entities/Instance (configuration.timelines_access.hashtag_feeds)
    """

    local: Literal["public", "authenticated"]
    remote: Literal["public", "authenticated", "disabled"]


class TimelinesAccess(Entity, kw_only=True):
    """Which feeds are open to whom.

    Spec: Mastodon documentation, entities/Instance (configuration.timelines_access)
    """

    live_feeds: FeedAccess
    hashtag_feeds: TopicFeedAccess
    trending_link_feeds: TopicFeedAccess


class InstanceUrls(Entity, kw_only=True):
    """Where things are found.

    Spec: Mastodon documentation, entities/Instance (configuration.urls)
    """

    streaming: Annotated[Url, Meta(description="A wss URL without the path of the API.")]
    status: Url | None
    about: Url
    privacy_policy: Url | None
    terms_of_service: Url | None


class Vapid(Entity, kw_only=True):
    """The key that signs web push messages.

    Spec: Mastodon documentation, entities/Instance (configuration.vapid)
    """

    public_key: str


class TranslationOffer(Entity, kw_only=True):
    """Whether posts can be translated here.

    Spec: Mastodon documentation, entities/Instance (configuration.translation)
    """

    enabled: bool


class InstanceConfiguration(Entity, kw_only=True):
    """The limits and addresses that clients obey.

    Spec: Mastodon documentation, entities/Instance (configuration)
    """

    urls: InstanceUrls
    vapid: Vapid
    accounts: AccountLimits
    statuses: StatusLimits
    media_attachments: MediaLimits
    polls: PollLimits
    translation: TranslationOffer
    timelines_access: TimelinesAccess
    limited_federation: bool


class ThumbnailVersions(Entity, kw_only=True):
    """The picture of the server for screens of different density.

    Spec: Mastodon documentation, entities/Instance (thumbnail.versions)
    """

    single: Url | UnsetType = field(name="@1x", default=UNSET)
    double: Url | UnsetType = field(name="@2x", default=UNSET)


class Thumbnail(Entity, kw_only=True):
    """The picture of the server.

    Spec: Mastodon documentation, entities/Instance (thumbnail)
    """

    url: Url
    description: str
    blurhash: str | UnsetType = UNSET
    versions: ThumbnailVersions | UnsetType = UNSET


class ActiveUsers(Entity, kw_only=True):
    """How many people were here lately.

    Spec: Mastodon documentation, entities/Instance (usage.users)
    """

    active_month: int


class InstanceUsage(Entity, kw_only=True):
    """How much the server is used.

    Spec: Mastodon documentation, entities/Instance (usage)
    """

    users: ActiveUsers


class Registrations(Entity, kw_only=True):
    """Whether and how one can sign up.

    Spec: Mastodon documentation, entities/Instance (registrations)
    """

    enabled: bool
    approval_required: bool
    reason_required: bool | None
    message: Html | None
    min_age: int | None
    url: Url | None


class InstanceContact(Entity, kw_only=True):
    """Whom to write to.

    Spec: Mastodon documentation, entities/Instance (contact)
    """

    email: str
    account: Account | None


class ApiVersions(Entity, kw_only=True):
    """Which interfaces, in which version, clients may expect.

    Spec: Mastodon documentation, entities/Instance (api_versions)
    """

    mastodon: int


class Instance(Entity, kw_only=True):
    """This server.

    Spec: Mastodon documentation, entities/Instance
    """

    domain: str
    title: str
    version: Annotated[str, Meta(description="Starts with the Mastodon version that clients may expect.")]
    source_url: Url
    description: str
    usage: InstanceUsage
    thumbnail: Thumbnail
    icon: list[InstanceIcon]
    languages: list[str]
    configuration: InstanceConfiguration
    registrations: Registrations
    api_versions: ApiVersions
    contact: InstanceContact
    rules: list[Rule]
    wrapstodon: Annotated[int | None, Meta(description="A year as a JSON number, although the page says string.")]
