"""A hashtag by name."""

from marula.entities.entity import Entity
from marula.entities.scalars import Url


class ShallowTag(Entity, kw_only=True):
    """A hashtag without its history.

    Spec: Mastodon documentation, entities/ShallowTag
    """

    name: str
    url: Url
