"""A post in a filter."""

from marula.entities.entity import Entity
from marula.entities.scalars import Id


class FilterStatus(Entity, kw_only=True):
    """A single post that a filter hides.

    Spec: Mastodon documentation, entities/FilterStatus
    """

    id: Id
    status_id: Id
