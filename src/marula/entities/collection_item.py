"""One account's place in a collection."""

from typing import Annotated, Literal

from msgspec import UNSET, Meta, UnsetType

from marula.entities.entity import Entity
from marula.entities.scalars import Datetime, Id


class CollectionItem(Entity, kw_only=True):
    """An account in a collection, and whether it agreed.

    Spec: Mastodon documentation, entities/CollectionItem
    """

    id: Id
    account_id: Annotated[Id | UnsetType, Meta(description="Absent where the account must not be shown.")] = UNSET
    state: Literal["pending", "accepted"]
    created_at: Datetime


class WrappedCollectionItem(Entity, kw_only=True):
    """One item under a key.

    Spec: Mastodon documentation, entities/CollectionItem
    """

    collection_item: CollectionItem
