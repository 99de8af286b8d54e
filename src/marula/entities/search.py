"""What a search found."""

from marula.entities.account import Account
from marula.entities.collection import Collection
from marula.entities.entity import Entity
from marula.entities.status import Status
from marula.entities.tag import Tag


class Search(Entity, kw_only=True):
    """The results of a search, by kind.

    Spec: Mastodon documentation, entities/Search
    """

    accounts: list[Account]
    statuses: list[Status]
    hashtags: list[Tag]
    collections: list[Collection]
