"""The words of accounts."""

from datetime import datetime
from typing import Literal, TypeAlias

import msgspec
from msgspec import UNSET, UnsetType

from marula.base.kernel.ids import AccountId, BlobId

ActorType: TypeAlias = Literal["Person", "Service", "Group", "Application", "Organization"]


INSTANCE = AccountId(-99)
"""The server itself as an actor: whoever speaks when no person does. Nobody finds it, follows it or signs in as it."""


class ProfileField(msgspec.Struct, frozen=True, kw_only=True):
    """A row of the table on a profile: as written, and its value as HTML."""

    name: str
    value: str
    html: str
    verified_at: datetime | None = None


class Picture(msgspec.Struct, frozen=True, kw_only=True):
    """An avatar or a header that was brought into storage. `still_id`: its first frame, when it moves."""

    original_id: BlobId
    still_id: BlobId | None


class Pictures(msgspec.Struct, frozen=True, kw_only=True):
    """The keys in storage of the pictures of a profile; None for one that is not kept here, or does not move."""

    avatar: str | None
    avatar_still: str | None
    header: str | None
    header_still: str | None


class Portrait(msgspec.Struct, frozen=True, kw_only=True):
    """An avatar or header that another server has: where, and the keys of the copy that is kept here."""

    account_id: AccountId
    domain: str
    url: str
    key: str | None
    still_key: str | None


class Account(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody, here or elsewhere. `domain`, `uri` and `url` are None for people of this server.

    The pictures that are kept here are blobs; `…_remote_url` is where another server has them.
    """

    id: AccountId
    username: str
    domain: str | None
    uri: str | None
    url: str | None
    actor_type: ActorType
    display_name: str
    note: str
    note_html: str
    fields: tuple[ProfileField, ...]
    avatar_id: BlobId | None
    avatar_still_id: BlobId | None
    header_id: BlobId | None
    header_still_id: BlobId | None
    avatar_remote_url: str | None
    header_remote_url: str | None
    avatar_description: str
    header_description: str
    locked: bool
    discoverable: bool | None
    indexable: bool
    hide_collections: bool | None
    show_media: bool
    show_media_replies: bool
    show_featured: bool
    attribution_domains: tuple[str, ...]
    also_known_as: tuple[str, ...]
    moved_to_id: AccountId | None
    memorial: bool
    silenced_at: datetime | None
    suspended_at: datetime | None
    sensitized_at: datetime | None
    version: int
    created_at: datetime

    @property
    def local(self) -> bool:
        return self.domain is None

    @property
    def acct(self) -> str:
        """The handle as clients show it: without a domain for people of this server."""
        return self.username if self.domain is None else f"{self.username}@{self.domain}"


class Stats(msgspec.Struct, frozen=True, kw_only=True):
    """The counters of an account."""

    account_id: AccountId
    followers_count: int = 0
    following_count: int = 0
    statuses_count: int = 0
    last_status_at: datetime | None = None


class NewAccount(msgspec.Struct, frozen=True, kw_only=True):
    """An account to be written."""

    username: str
    domain: str | None = None
    uri: str | None = None
    url: str | None = None
    actor_type: ActorType = "Person"
    display_name: str = ""
    created_at: datetime | None = None


class ProfileChanges(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody wants to change in their profile; what is unset stays. `fields`: pairs of name and value."""

    display_name: str | UnsetType = UNSET
    note: str | UnsetType = UNSET
    fields: tuple[tuple[str, str], ...] | UnsetType = UNSET
    avatar: Picture | UnsetType | None = UNSET
    header: Picture | UnsetType | None = UNSET
    avatar_description: str | UnsetType = UNSET
    header_description: str | UnsetType = UNSET
    locked: bool | UnsetType = UNSET
    bot: bool | UnsetType = UNSET
    group: bool | UnsetType = UNSET
    discoverable: bool | UnsetType | None = UNSET
    indexable: bool | UnsetType = UNSET
    hide_collections: bool | UnsetType | None = UNSET
    show_media: bool | UnsetType = UNSET
    show_media_replies: bool | UnsetType = UNSET
    show_featured: bool | UnsetType = UNSET
    attribution_domains: tuple[str, ...] | UnsetType = UNSET


class ProfileDraft(msgspec.Struct, frozen=True, kw_only=True):
    """A change of a profile as it can be written: checked and rendered. What is unset stays.

    Name, addresses, pictures' addresses, aliases and `memorial` change only for people of other servers, who say so.
    """

    username: str | UnsetType = UNSET
    domain: str | UnsetType = UNSET
    uri: str | UnsetType = UNSET
    url: str | UnsetType | None = UNSET
    also_known_as: tuple[str, ...] | UnsetType = UNSET
    moved_to_id: AccountId | UnsetType | None = UNSET
    memorial: bool | UnsetType = UNSET
    avatar_remote_url: str | UnsetType | None = UNSET
    header_remote_url: str | UnsetType | None = UNSET
    avatar_id: BlobId | UnsetType | None = UNSET
    avatar_still_id: BlobId | UnsetType | None = UNSET
    header_id: BlobId | UnsetType | None = UNSET
    header_still_id: BlobId | UnsetType | None = UNSET
    avatar_again_at: UnsetType | None = UNSET
    header_again_at: UnsetType | None = UNSET
    actor_type: ActorType | UnsetType = UNSET
    display_name: str | UnsetType = UNSET
    note: str | UnsetType = UNSET
    note_html: str | UnsetType = UNSET
    fields: tuple[ProfileField, ...] | UnsetType = UNSET
    avatar_description: str | UnsetType = UNSET
    header_description: str | UnsetType = UNSET
    locked: bool | UnsetType = UNSET
    discoverable: bool | UnsetType | None = UNSET
    indexable: bool | UnsetType = UNSET
    hide_collections: bool | UnsetType | None = UNSET
    show_media: bool | UnsetType = UNSET
    show_media_replies: bool | UnsetType = UNSET
    show_featured: bool | UnsetType = UNSET
    attribution_domains: tuple[str, ...] | UnsetType = UNSET
