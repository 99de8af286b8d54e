"""How far somebody has read."""

from typing import Annotated

from msgspec import Meta

from marula.entities.entity import Entity
from marula.entities.scalars import Datetime, Id


class Marker(Entity, kw_only=True):
    """The last post or notification read in one timeline.

    Spec: Mastodon documentation, entities/Marker
    """

    last_read_id: Id
    version: Annotated[int, Meta(description="Grows by one with each change.")]
    updated_at: Datetime
