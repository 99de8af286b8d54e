"""What stands around a post."""

from marula.entities.entity import Entity
from marula.entities.status import Status


class Context(Entity, kw_only=True):
    """The posts above and below one post of a thread.

    Spec: Mastodon documentation, entities/Context
    """

    ancestors: list[Status]
    descendants: list[Status]
