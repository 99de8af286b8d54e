"""Hashtags: the names that posts carry, each known once.

Tables owned: tags.
"""

from marula.domain.tags.actions import ensure
from marula.domain.tags.store import by_name, starting
from marula.domain.tags.types import Tag

__all__ = ["Tag", "by_name", "ensure", "starting"]
