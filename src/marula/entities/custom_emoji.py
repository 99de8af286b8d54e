"""Pictures used as characters."""

from typing import Annotated

from msgspec import UNSET, Meta, UnsetType

from marula.entities.entity import Entity
from marula.entities.scalars import Url


class CustomEmoji(Entity, kw_only=True):
    """A picture that stands for :shortcode: in a text.

    Spec: Mastodon documentation, entities/CustomEmoji
    """

    shortcode: str
    url: Url
    static_url: Url
    visible_in_picker: bool
    category: str | UnsetType = UNSET
    featured: Annotated[bool | UnsetType, Meta(description="Only together with category.")] = UNSET
