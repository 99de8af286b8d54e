"""Refreshes: what of other servers is asked for again because somebody looks at it, and when it last was.

Tables owned: refreshes.
"""

from marula.domain.refreshes import reactions
from marula.domain.refreshes.store import begin, end, running
from marula.domain.refreshes.types import Kind

__all__ = ["Kind", "begin", "end", "reactions", "running"]
