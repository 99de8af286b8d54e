"""Who somebody is, as others and as they themselves see it."""

from typing import Annotated

from msgspec import UNSET, Meta, UnsetType

from marula.entities.custom_emoji import CustomEmoji
from marula.entities.entity import Entity
from marula.entities.feature_approval import FeatureApproval
from marula.entities.role import Role
from marula.entities.scalars import DateText, Datetime, Html, Id, QuotePolicy, Url, Visibility


class AccountField(Entity, kw_only=True):
    """A row of the table on a profile.

    Spec: Mastodon documentation, entities/Account (Field)
    """

    name: str
    value: Html
    verified_at: Datetime | None


class AccountRole(Entity, kw_only=True):
    """A role as a badge beside a name.

    Spec: Mastodon documentation, entities/Account (roles)
    """

    id: Id
    name: str
    color: str


class Account(Entity, kw_only=True):
    """A profile.

    Spec: Mastodon documentation, entities/Account
    """

    id: Id
    username: str
    acct: Annotated[str, Meta(description="username, followed by @domain for accounts of other servers only.")]
    display_name: str
    locked: bool
    bot: bool
    discoverable: bool | None
    indexable: bool
    group: bool
    created_at: Annotated[Datetime, Meta(description="Cut to midnight UTC.")]
    note: Annotated[Html, Meta(description="Empty for a suspended account.")]
    url: Annotated[Url, Meta(description="The page for people; the same as uri where there is none.")]
    uri: Annotated[Url, Meta(description="The id of the actor on the wire.")]
    avatar: Annotated[Url, Meta(description="Always there: a stock picture when none was chosen.")]
    avatar_static: Url
    avatar_description: str
    header: Annotated[Url, Meta(description="Always there: a stock picture when none was chosen.")]
    header_static: Url
    header_description: str
    followers_count: int
    following_count: int
    statuses_count: int
    last_status_at: Annotated[DateText | None, Meta(description="A day, never a moment.")]
    hide_collections: bool | None
    show_media: bool
    show_media_replies: bool
    show_featured: bool
    feature_approval: FeatureApproval
    emojis: list[CustomEmoji]
    fields: list[AccountField]
    roles: Annotated[list[AccountRole] | UnsetType, Meta(description="Local accounts only.")] = UNSET
    noindex: Annotated[bool | UnsetType | None, Meta(description="Local accounts only.")] = UNSET
    moved: Annotated["Account | UnsetType | None", Meta(description="An account that itself shows no moved.")] = UNSET
    suspended: Annotated[bool | UnsetType, Meta(description="Only when true.")] = UNSET
    limited: Annotated[bool | UnsetType, Meta(description="Only when true.")] = UNSET
    memorial: Annotated[bool | UnsetType, Meta(description="Only when true.")] = UNSET
    invalid_handle: Annotated[bool | UnsetType, Meta(description="Only when true.")] = UNSET
    email_subscriptions: Annotated[bool | UnsetType, Meta(description="Only while the server offers them.")] = UNSET


class AccountSource(Entity, kw_only=True):
    """What its owner may edit in an account, as it was written.

    Spec: Mastodon documentation, entities/Account (source)
    """

    note: Annotated[str, Meta(description="Plain text.")]
    fields: list[AccountField]
    privacy: Visibility
    quote_policy: QuotePolicy
    sensitive: bool
    language: str | None
    follow_requests_count: Annotated[int, Meta(description="Stops counting at 40.")]
    hide_collections: bool | None
    discoverable: bool | None
    indexable: bool
    attribution_domains: list[str]


class CredentialAccount(Account, kw_only=True):
    """An account as its owner sees it.

    Spec: Mastodon documentation, entities/Account (CredentialAccount)
    """

    source: AccountSource
    role: Annotated[Role, Meta(description="The role in full; the one of everyone (id -99) when none was given.")]


class MutedAccount(Account, kw_only=True):
    """An account in the list of those one has muted.

    Spec: Mastodon documentation, entities/Account (MutedAccount)
    """

    mute_expires_at: Datetime | None


class PartialAccountWithAvatar(Entity, kw_only=True):
    """As much of an account as a row of avatars needs.

    Spec: Mastodon documentation, entities/Account (PartialAccountWithAvatar)
    """

    id: Id
    acct: str
    locked: bool
    bot: bool
    url: Url
    avatar: Url
    avatar_static: Url
    avatar_description: str
