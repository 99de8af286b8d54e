"""Who may quote a post."""

from typing import Annotated, Literal

from msgspec import Meta

from marula.entities.entity import Entity
from marula.entities.scalars import ApprovalGroup


class QuoteApproval(Entity, kw_only=True):
    """Who may quote a post, at once or after being asked, and what that means for the viewer.

    Spec: Mastodon documentation, entities/QuoteApproval
    """

    automatic: list[ApprovalGroup]
    manual: list[ApprovalGroup]
    current_user: Annotated[
        Literal["automatic", "manual", "denied", "unknown"], Meta(description="denied without a signed-in user.")
    ]
