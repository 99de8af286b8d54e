"""A post as it was written."""

from marula.entities.entity import Entity
from marula.entities.scalars import Id


class StatusSource(Entity, kw_only=True):
    """The plain text of a post, to be edited.

    Spec: Mastodon documentation, entities/StatusSource
    """

    id: Id
    text: str
    spoiler_text: str
