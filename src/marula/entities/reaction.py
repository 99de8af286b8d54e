"""Emoji under announcements and posts."""

from typing import Annotated

from msgspec import UNSET, Meta, UnsetType

from marula.entities.account import Account
from marula.entities.entity import Entity
from marula.entities.scalars import Url


class Reaction(Entity, kw_only=True):
    """One emoji and how many chose it.

    Spec: Mastodon documentation, entities/Reaction
    """

    name: Annotated[str, Meta(description="A character, or the shortcode of a custom emoji.")]
    count: int
    me: Annotated[bool | UnsetType, Meta(description="Absent without a signed-in user.")] = UNSET
    url: Annotated[Url | UnsetType, Meta(description="Custom emoji only.")] = UNSET
    static_url: Annotated[Url | UnsetType, Meta(description="Custom emoji only.")] = UNSET


class StatusReaction(Reaction, kw_only=True):
    """One emoji under a post, and the first of those who chose it.

    Spec: Pleroma documentation, differences in Mastodon API (emoji reactions)
    """

    accounts: list[Account]
