"""Accounts that somebody recommends together."""

from typing import Annotated

from msgspec import Meta

from marula.entities.collection_item import CollectionItem
from marula.entities.entity import Entity
from marula.entities.scalars import Datetime, Html, Id, Url
from marula.entities.shallow_tag import ShallowTag


class Collection(Entity, kw_only=True):
    """A collection of accounts.

    Spec: Mastodon documentation, entities/Collection
    """

    id: Id
    account_id: Id
    uri: Url
    url: Url | None
    name: str
    description: Annotated[Html | None, Meta(description="Plain text when local, HTML when from another server.")]
    language: str | None
    local: bool
    sensitive: bool
    discoverable: bool
    tag: ShallowTag | None
    item_count: Annotated[int, Meta(description="Counts what the viewer may see.")]
    items: list[CollectionItem]
    created_at: Datetime
    updated_at: Datetime


class WrappedCollection(Entity, kw_only=True):
    """One collection under a key.

    Spec: Mastodon documentation, entities/Collection
    """

    collection: Collection


class Collections(Entity, kw_only=True):
    """Several collections under a key.

    Spec: Mastodon documentation, entities/Collection
    """

    collections: list[Collection]
