"""Who may put an account into a collection."""

from typing import Literal

from marula.entities.entity import Entity
from marula.entities.scalars import ApprovalGroup


class FeatureApproval(Entity, kw_only=True):
    """Who may feature an account, at once or after being asked, and what that means for the viewer.

    Spec: Mastodon documentation, entities/FeatureApproval
    """

    automatic: list[ApprovalGroup]
    manual: list[ApprovalGroup]
    current_user: Literal["automatic", "manual", "denied", "unknown", "missing"]
