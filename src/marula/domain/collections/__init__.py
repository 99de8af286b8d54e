"""Collections: accounts that somebody recommends together, with the consent of those who are in them.

Tables owned: collections, collection_items.
"""

from marula.domain.collections import reactions, rules
from marula.domain.collections.actions import create, delete, feature, leave, revise, unfeature
from marula.domain.collections.events import (
    AccountFeatured,
    AccountNoLongerFeatured,
    CollectionCreated,
    CollectionDeleted,
    CollectionRevised,
)
from marula.domain.collections.reading import allowance, visible
from marula.domain.collections.store import collections_of_items, featuring, owned, seen, shown_items
from marula.domain.collections.types import Asked, Collection, Item, State

__all__ = [
    "AccountFeatured",
    "AccountNoLongerFeatured",
    "Asked",
    "Collection",
    "CollectionCreated",
    "CollectionDeleted",
    "CollectionRevised",
    "Item",
    "State",
    "allowance",
    "collections_of_items",
    "create",
    "delete",
    "feature",
    "featuring",
    "leave",
    "owned",
    "reactions",
    "revise",
    "rules",
    "seen",
    "shown_items",
    "unfeature",
    "visible",
]
