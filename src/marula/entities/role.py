"""What somebody may do on this server."""

from typing import Annotated

from msgspec import Meta

from marula.entities.entity import Entity
from marula.entities.scalars import Id


class Role(Entity, kw_only=True):
    """A role in full.

    Spec: Mastodon documentation, entities/Role
    """

    id: Id
    name: str
    color: Annotated[str, Meta(description="#rrggbb, or empty.")]
    permissions: Annotated[str, Meta(description="Bits, as a decimal number in a string.")]
    highlighted: bool
    collection_limit: int
