"""Why a post is filtered."""

from typing import Annotated

from msgspec import Meta

from marula.entities.entity import Entity
from marula.entities.filter import Filter
from marula.entities.scalars import Id


class FilterResult(Entity, kw_only=True):
    """A filter that a post met, and by what.

    Spec: Mastodon documentation, entities/FilterResult
    """

    filter: Filter
    keyword_matches: Annotated[list[str] | None, Meta(description="At most one, the first that matched.")]
    status_matches: list[Id] | None
