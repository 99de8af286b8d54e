"""How a viewer stands to other accounts.

Spec: Mastodon documentation, entities/Relationship
"""

from marula.domain.relationships import Standing
from marula.entities import Relationship
from marula.entities.scalars import datetime_text


def relationship(standing: Standing) -> Relationship:
    """The entity."""
    until = standing.muting_expires_at
    return Relationship(
        id=str(standing.id),
        following=standing.following,
        showing_reblogs=standing.showing_reblogs,
        notifying=standing.notifying,
        languages=None if standing.languages is None else list(standing.languages),
        followed_by=standing.followed_by,
        blocking=standing.blocking,
        blocked_by=standing.blocked_by,
        muting=standing.muting,
        muting_notifications=standing.muting_notifications,
        muting_expires_at=None if until is None else datetime_text(until),
        requested=standing.requested,
        requested_by=standing.requested_by,
        domain_blocking=standing.domain_blocking,
        endorsed=standing.endorsed,
        note=standing.note,
    )
