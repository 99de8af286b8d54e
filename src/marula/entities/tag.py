"""Hashtags and how much they are used."""

from typing import Annotated

from msgspec import UNSET, Meta, UnsetType

from marula.entities.entity import Entity
from marula.entities.scalars import Id, Url


class UsageDay(Entity, kw_only=True):
    """How much a hashtag or link was used on one day; every number is in a string.

    Spec: Mastodon documentation, entities/Tag (history)
    """

    day: Annotated[str, Meta(description="Unix seconds of its first moment, in a string.")]
    uses: str
    accounts: str


class Tag(Entity, kw_only=True):
    """A hashtag.

    Spec: Mastodon documentation, entities/Tag
    """

    id: Annotated[Id, Meta(description="Empty for a hashtag nobody has used yet.")]
    name: Annotated[str, Meta(description="Without #.")]
    url: Url
    history: list[UsageDay]
    following: Annotated[bool | UnsetType, Meta(description="Absent without a signed-in user.")] = UNSET
    featuring: Annotated[bool | UnsetType, Meta(description="Absent without a signed-in user.")] = UNSET
