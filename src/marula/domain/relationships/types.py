"""The words of relationships."""

from datetime import datetime
from typing import Literal, TypeAlias

import msgspec
from msgspec import UNSET, UnsetType

from marula.base.kernel.ids import AccountId, FollowId, SeveranceId


class FollowOptions(msgspec.Struct, frozen=True, kw_only=True):
    """How to follow; what is unset stays as it is, or as follows begin: with boosts, without notices, all languages.

    `languages`: only posts in these, None or none of them for all.
    Spec: Mastodon documentation, methods/accounts (follow)
    """

    reblogs: bool | UnsetType = UNSET
    notify: bool | UnsetType = UNSET
    languages: tuple[str, ...] | UnsetType | None = UNSET


AS_IT_IS = FollowOptions()


class SeveredFollow(msgspec.Struct, frozen=True, kw_only=True):
    """A follow that ended with a blocked server, as it was."""

    account_id: AccountId
    target_id: AccountId
    options: FollowOptions


class Between(msgspec.Struct, frozen=True, kw_only=True):
    """What stands between one account and another before something changes."""

    follows: bool
    requested: bool
    blocked: bool
    """One of them blocks the other, or hides the server of the other."""


class Request(msgspec.Struct, frozen=True, kw_only=True):
    """A follow request, with the options it asks for."""

    id: FollowId
    account_id: AccountId
    target_id: AccountId
    show_reblogs: bool
    notify: bool
    languages: tuple[str, ...] | None


class Listed(msgspec.Struct, frozen=True):
    """An entry of a list of accounts: its cursor, which the client does not see, and whom it stands for.

    `expires_at`: when a mute runs out.
    """

    cursor: int
    account_id: AccountId
    expires_at: datetime | None = None


class HiddenDomain(msgspec.Struct, frozen=True):
    """A server that somebody hides: the cursor of the entry, which the client does not see, and its domain."""

    cursor: int
    domain: str


class Losses(msgspec.Struct, frozen=True, kw_only=True):
    """How many follows end when somebody hides a server."""

    followers: int
    following: int


SeveranceKind: TypeAlias = Literal["user_domain_block", "domain_block"]


class Severance(msgspec.Struct, frozen=True, kw_only=True):
    """That somebody lost followers, and people they followed, all at once.

    Spec: Mastodon documentation, entities/RelationshipSeveranceEvent
    """

    id: SeveranceId
    account_id: AccountId
    kind: SeveranceKind
    target_name: str
    followers_count: int
    following_count: int
    created_at: datetime


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """How a viewer stands to another account, and it to them."""

    id: AccountId
    following: bool
    showing_reblogs: bool
    notifying: bool
    languages: tuple[str, ...] | None
    followed_by: bool
    blocking: bool
    blocked_by: bool
    muting: bool
    muting_notifications: bool
    muting_expires_at: datetime | None
    requested: bool
    requested_by: bool
    domain_blocking: bool
    endorsed: bool
    note: str
