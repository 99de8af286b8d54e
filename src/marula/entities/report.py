"""Complaints to the moderators."""

from typing import Literal

from marula.entities.account import Account
from marula.entities.entity import Entity
from marula.entities.scalars import Datetime, Id


class Report(Entity, kw_only=True):
    """A complaint about an account.

    Spec: Mastodon documentation, entities/Report
    """

    id: Id
    action_taken: bool
    action_taken_at: Datetime | None
    category: Literal["spam", "legal", "violation", "other"]
    comment: str
    forwarded: bool
    created_at: Datetime
    status_ids: list[Id] | None
    rule_ids: list[Id] | None
    collection_ids: list[Id] | None
    target_account: Account
