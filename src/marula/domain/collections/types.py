"""The words of collections."""

from datetime import datetime
from enum import IntEnum

import msgspec
from msgspec import UNSET, UnsetType

from marula.base.kernel.ids import AccountId, CollectionId, CollectionItemId


class State(IntEnum):
    """Whether a featured account agrees. Stored as its number; the API knows the first two by name.

    Spec: permissions.json, collection_item_states
    """

    PENDING = 0
    ACCEPTED = 1
    REJECTED = 2
    REVOKED = 3


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody wants a collection to say; what is unset stays, or is empty in a new one."""

    name: str | UnsetType = UNSET
    description: str | UnsetType = UNSET
    language: str | UnsetType | None = UNSET
    tag_name: str | UnsetType | None = UNSET
    sensitive: bool | UnsetType = UNSET
    discoverable: bool | UnsetType = UNSET


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """What a collection can say: checked. `tag`: the normalised and the displayed name of its hashtag."""

    name: str
    description: str
    language: str | None
    tag: tuple[str, str] | None
    sensitive: bool
    discoverable: bool


class Collection(msgspec.Struct, frozen=True, kw_only=True):
    """Accounts that somebody recommends together. `uri` and `url` are None for collections of this server.

    `discoverable`: it shows on the profile of its owner; others open it only by its address.
    """

    id: CollectionId
    account_id: AccountId
    uri: str | None
    url: str | None
    name: str
    description: str
    language: str | None
    tag_name: str | None
    tag_display: str | None
    sensitive: bool
    discoverable: bool
    created_at: datetime
    updated_at: datetime


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """An account in a collection."""

    id: CollectionItemId
    collection_id: CollectionId
    account_id: AccountId
    state: State
    created_at: datetime


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """What stands between somebody who makes a collection and an account they want in it."""

    account_id: AccountId
    consents: bool
    """It is of this server, in good standing, and wants to be discovered."""
    blocked: bool
    """One of them blocks the other."""
