"""The words of the people who may sign in."""

from datetime import datetime, timedelta
from typing import Literal, TypeAlias

import msgspec
from msgspec import UNSET, UnsetType

from marula.base.kernel.ids import AccountId, AppId, MailId, RoleId, SessionId, UserId
from marula.domain.users.permissions import Permission

Standing: TypeAlias = Literal["ok", "unconfirmed", "pending", "disabled", "suspended"]
Privacy: TypeAlias = Literal["public", "unlisted", "private"]
QuotePolicy: TypeAlias = Literal["public", "followers", "nobody"]
ExpandMedia: TypeAlias = Literal["default", "show_all", "hide_all"]

SESSION_LIFETIME = timedelta(days=365)
ADDRESS_KEPT = timedelta(days=365)
"""How long the network address of a sign-up is kept. That of a session goes with the session."""


class Preferences(msgspec.Struct, frozen=True, kw_only=True):
    """How somebody likes to write and read. Without a default privacy, a locked account posts for its followers.

    `noindex`: search engines are asked to leave their profile and posts out.
    Spec: Mastodon documentation, entities/Preferences
    """

    default_privacy: Privacy | None = None
    default_sensitive: bool = False
    default_language: str | None = None
    default_quote_policy: QuotePolicy = "public"
    expand_media: ExpandMedia = "default"
    expand_spoilers: bool = False
    autoplay_gifs: bool = False
    noindex: bool = False


class PreferenceChanges(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody wants to change in their preferences; what is unset stays."""

    default_privacy: Privacy | UnsetType | None = UNSET
    default_sensitive: bool | UnsetType = UNSET
    default_language: str | UnsetType | None = UNSET
    default_quote_policy: QuotePolicy | UnsetType = UNSET
    expand_media: ExpandMedia | UnsetType = UNSET
    expand_spoilers: bool | UnsetType = UNSET
    autoplay_gifs: bool | UnsetType = UNSET
    noindex: bool | UnsetType = UNSET


class User(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who may sign in, with the name and the suspension of their account."""

    id: UserId
    account_id: AccountId
    username: str
    email: str
    unconfirmed_email: str | None
    role_id: RoleId | None
    locale: str | None
    time_zone: str | None
    chosen_languages: tuple[str, ...] | None
    preferences: Preferences
    reason: str
    confirmed: bool
    approved: bool
    disabled: bool
    suspended: bool
    created_by_app_id: AppId | None
    last_active_at: datetime | None
    created_at: datetime


class SignUp(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody sent to sign up. `ip`: where from; `app_id`: through which program."""

    username: str = ""
    email: str = ""
    password: str = ""
    agreement: bool = False
    locale: str | None = None
    time_zone: str | None = None
    reason: str = ""
    ip: str | None = None
    app_id: AppId | None = None


class Newcomer(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who can be registered: checked, with the password hashed."""

    username: str
    email: str
    password_hash: str
    confirmed: bool
    approved: bool
    role_id: RoleId | None = None
    locale: str | None = None
    time_zone: str | None = None
    reason: str = ""
    ip: str | None = None
    app_id: AppId | None = None


class Role(msgspec.Struct, frozen=True, kw_only=True):
    """What a group of people may do. The higher position may act on the lower."""

    id: RoleId
    name: str
    color: str
    position: int
    permissions: Permission
    highlighted: bool
    collection_limit: int


class Session(msgspec.Struct, frozen=True, kw_only=True):
    """A browser in which somebody is signed in."""

    id: SessionId
    user_id: UserId
    user_agent: str
    ip: str | None
    created_at: datetime
    last_used_at: datetime


class OutboxMail(msgspec.Struct, frozen=True, kw_only=True):
    """A mail and what became of it. Unsent without an error: no mail server is configured, or it is about to go."""

    id: MailId
    recipient: str
    subject: str
    body: str
    created_at: datetime
    sent_at: datetime | None
    last_error: str | None
