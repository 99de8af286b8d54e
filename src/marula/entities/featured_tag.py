"""A hashtag on a profile."""

from typing import Annotated

from msgspec import Meta

from marula.entities.entity import Entity
from marula.entities.scalars import DateText, Id, Url


class FeaturedTag(Entity, kw_only=True):
    """A hashtag that somebody shows on their profile.

    Spec: Mastodon documentation, entities/FeaturedTag
    """

    id: Id
    name: str
    url: Url
    statuses_count: Annotated[str, Meta(description="A number in a string.")]
    last_status_at: Annotated[DateText | None, Meta(description="A day, never a moment.")]
