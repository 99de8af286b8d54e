"""Which of our posts an address leads to, whether people or machines use it."""

import re

from marula.base.kernel import ids
from marula.base.kernel.config import Config
from marula.base.kernel.ids import PostId
from marula.domain import actors

_PAGE = re.compile(r"(?:@[\w.-]+|users/[\w.-]+/statuses)/([0-9]{1,19})(?:/embed)?/?(?:[?#].*)?")


def post_at(config: Config, url: str) -> PostId | None:
    """The local post at an address; None when it leads to none. It may be gone, or not for everybody."""
    place = f"{config.web_url}/"
    if not url.startswith(place):
        return None
    found = _PAGE.fullmatch(url.removeprefix(place))
    return actors.post_of(config, url) if found is None else ids.parse(PostId, found[1])
