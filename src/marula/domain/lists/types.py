"""The words of lists."""

from typing import Literal, TypeAlias

import msgspec
from msgspec import UNSET, UnsetType

from marula.base.kernel.ids import AccountId, ListId

RepliesPolicy: TypeAlias = Literal["followed", "list", "none"]
"""Which answers to others a list shows: to anybody its owner follows, to members of the list, or none.

Spec: Mastodon documentation, entities/List#replies_policy
"""


class List(msgspec.Struct, frozen=True, kw_only=True):
    """A list of accounts. `account_id`: whose it is. `exclusive`: its members' posts leave the home feed."""

    id: ListId
    account_id: AccountId
    title: str
    replies_policy: RepliesPolicy
    exclusive: bool


class ListChanges(msgspec.Struct, frozen=True, kw_only=True):
    """What to change of a list; what is unset stays."""

    title: str | UnsetType = UNSET
    replies_policy: RepliesPolicy | UnsetType = UNSET
    exclusive: bool | UnsetType = UNSET
