"""Follows that were cut."""

from typing import Annotated, Literal

from msgspec import Meta

from marula.entities.entity import Entity
from marula.entities.scalars import Datetime, Id


class RelationshipSeveranceEvent(Entity, kw_only=True):
    """A block or suspension by which somebody lost followers or follows.

    Spec: Mastodon documentation, entities/RelationshipSeveranceEvent
    """

    id: Id
    type: Literal["domain_block", "user_domain_block", "account_suspension"]
    purged: Annotated[bool, Meta(description="Whether the list of what was lost is gone too.")]
    target_name: Annotated[str, Meta(description="The domain, or the account.")]
    followers_count: int
    following_count: int
    created_at: Datetime
