"""A word in a filter."""

from marula.entities.entity import Entity
from marula.entities.scalars import Id


class FilterKeyword(Entity, kw_only=True):
    """A word or phrase that a filter looks for.

    Spec: Mastodon documentation, entities/FilterKeyword
    """

    id: Id
    keyword: str
    whole_word: bool
