"""What moderators told somebody."""

from typing import Literal

from marula.entities.account import Account
from marula.entities.appeal import Appeal
from marula.entities.entity import Entity
from marula.entities.scalars import Datetime, Id


class AccountWarning(Entity, kw_only=True):
    """A measure that moderators took against an account.

    Spec: Mastodon documentation, entities/AccountWarning
    """

    id: Id
    action: Literal[
        "none", "disable", "mark_statuses_as_sensitive", "delete_statuses", "sensitive", "silence", "suspend"
    ]
    text: str
    status_ids: list[Id] | None
    target_account: Account
    appeal: Appeal | None
    created_at: Datetime
