"""An objection to what moderators did."""

from typing import Literal

from marula.entities.entity import Entity


class Appeal(Entity, kw_only=True):
    """What somebody wrote against a measure, and what became of it.

    Spec: Mastodon documentation, entities/Appeal
    """

    text: str
    state: Literal["approved", "rejected", "pending"]
