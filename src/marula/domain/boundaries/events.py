"""The facts of boundaries."""

from datetime import datetime

from marula.base.events import Fact


class BoundaryMoved(Fact, frozen=True, kw_only=True):
    """Something was decided of a domain, or taken back. `marks`: of the blocks that held before and hold now."""

    domain: str
    marks: tuple[datetime, ...]
