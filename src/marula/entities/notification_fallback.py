"""Words for clients that do not know a kind of notification."""

from typing import Annotated

from msgspec import Meta

from marula.entities.entity import Entity
from marula.entities.scalars import Html


class NotificationFallback(Entity, kw_only=True):
    """A notification in words.

    Spec: Mastodon documentation, entities/NotificationFallback
    """

    title: Html
    summary: Html | None
    description: Annotated[Html | None, Meta(description="The page calls it details.")]
