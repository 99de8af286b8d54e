"""The words of moderation."""

from datetime import datetime
from typing import Literal, TypeAlias

import msgspec

from marula.base.kernel.ids import AccountId, CollectionId, PostId, ReportId, RuleId

Category: TypeAlias = Literal["spam", "legal", "violation", "other"]


class Complaint(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody says against an account. `forward`: tell the moderators of its server, too.

    `forward_to`: the servers to tell in place of that one: its own, and those whose people the reported posts answer.
    """

    target_id: AccountId
    category: Category | None = None
    comment: str = ""
    forward: bool = False
    forward_to: tuple[str, ...] = ()
    post_ids: tuple[PostId, ...] = ()
    collection_ids: tuple[CollectionId, ...] = ()
    rule_ids: tuple[RuleId, ...] = ()


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """A complaint that waits for the moderators, or on which they acted.

    `rule_ids`: None unless it is about rules. `forwarded`: it goes to the server of the account, too.
    """

    id: ReportId
    account_id: AccountId
    target_id: AccountId
    category: Category
    comment: str
    forwarded: bool
    post_ids: tuple[PostId, ...]
    collection_ids: tuple[CollectionId, ...]
    rule_ids: tuple[RuleId, ...] | None
    created_at: datetime
    resolved_at: datetime | None
