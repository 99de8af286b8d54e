"""The facts of collections."""

from marula.base.events import Fact
from marula.base.kernel.ids import AccountId, CollectionId, CollectionItemId


class CollectionCreated(Fact, frozen=True, kw_only=True):
    """Somebody began to recommend accounts."""

    collection_id: CollectionId
    account_id: AccountId


class CollectionRevised(Fact, frozen=True, kw_only=True):
    """A collection says something else about itself."""

    collection_id: CollectionId
    account_id: AccountId


class CollectionDeleted(Fact, frozen=True, kw_only=True):
    """A collection is gone with its items. `items`: pairs of an item and the account it featured."""

    collection_id: CollectionId
    account_id: AccountId
    items: tuple[tuple[CollectionItemId, AccountId], ...]


class AccountFeatured(Fact, frozen=True, kw_only=True):
    """An account was put into a collection of `owner_id`."""

    item_id: CollectionItemId
    collection_id: CollectionId
    account_id: AccountId
    owner_id: AccountId


class AccountNoLongerFeatured(Fact, frozen=True, kw_only=True):
    """An account was taken out of a collection, or left it: `revoked`."""

    item_id: CollectionItemId
    collection_id: CollectionId
    account_id: AccountId
    owner_id: AccountId
    revoked: bool
