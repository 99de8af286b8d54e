"""How two accounts stand to each other."""

from typing import Annotated

from msgspec import Meta

from marula.entities.entity import Entity
from marula.entities.scalars import Datetime, Id


class Relationship(Entity, kw_only=True):
    """How the viewer stands to another account, and it to them.

    Spec: Mastodon documentation, entities/Relationship
    """

    id: Annotated[Id, Meta(description="The other account.")]
    following: bool
    showing_reblogs: bool
    notifying: bool
    languages: list[str] | None
    followed_by: bool
    blocking: bool
    blocked_by: bool
    muting: bool
    muting_notifications: bool
    muting_expires_at: Datetime | None
    requested: bool
    requested_by: bool
    domain_blocking: bool
    endorsed: bool
    note: Annotated[str, Meta(description="The viewer's private note; empty when there is none.")]
