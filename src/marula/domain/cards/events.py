"""The facts of cards."""

from marula.base.events import Fact
from marula.base.kernel.ids import LinkId


class LinkDescribed(Fact, frozen=True, kw_only=True):
    """It became known what is behind a link, or that is something else now."""

    link_id: LinkId
    url: str
