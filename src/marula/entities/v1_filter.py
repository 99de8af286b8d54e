"""Filters as older clients know them."""

from typing import Annotated

from msgspec import Meta

from marula.entities.entity import Entity
from marula.entities.filter import FilterContext
from marula.entities.scalars import Datetime, Id


class V1Filter(Entity, kw_only=True):
    """One keyword of a filter.

    Spec: Mastodon documentation, entities/V1_Filter
    """

    id: Annotated[Id, Meta(description="The id of the keyword, not of the filter.")]
    phrase: str
    context: list[FilterContext]
    whole_word: bool
    expires_at: Datetime | None
    irreversible: bool
