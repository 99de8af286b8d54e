"""What a person does not want to see."""

from typing import Literal

from msgspec import UNSET, UnsetType

from marula.entities.entity import Entity
from marula.entities.filter_keyword import FilterKeyword
from marula.entities.filter_status import FilterStatus
from marula.entities.scalars import Datetime, Id

FilterContext = Literal["home", "notifications", "public", "thread", "account"]


class Filter(Entity, kw_only=True):
    """A group of words and posts, and what to do where they appear.

    Spec: Mastodon documentation, entities/Filter
    """

    id: Id
    title: str
    context: list[FilterContext]
    expires_at: Datetime | None
    filter_action: Literal["warn", "hide", "blur"]
    keywords: list[FilterKeyword] | UnsetType = UNSET
    statuses: list[FilterStatus] | UnsetType = UNSET
