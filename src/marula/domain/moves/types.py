"""The words of moves."""

from datetime import datetime

import msgspec

from marula.base.kernel.ids import AccountId


class Move(msgspec.Struct, frozen=True, kw_only=True):
    """That an account went on as another one, and how many followed it then."""

    id: int
    account_id: AccountId
    target_id: AccountId
    followers_count: int
    created_at: datetime
