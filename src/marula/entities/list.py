"""A timeline of chosen accounts."""

from typing import Literal

from marula.entities.entity import Entity
from marula.entities.scalars import Id


class List(Entity, kw_only=True):
    """A list.

    Spec: Mastodon documentation, entities/List
    """

    id: Id
    title: str
    replies_policy: Literal["followed", "list", "none"]
    exclusive: bool
