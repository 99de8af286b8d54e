"""A collection to be shown in full."""

from marula.entities.account import Account
from marula.entities.collection import Collection
from marula.entities.entity import Entity


class CollectionWithAccounts(Entity, kw_only=True):
    """A collection and the accounts in it.

    Spec: Mastodon documentation, entities/CollectionWithAccounts
    """

    collection: Collection
    accounts: list[Account]
