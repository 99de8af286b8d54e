"""The words of hashtags."""

from datetime import datetime

import msgspec

from marula.base.kernel.ids import TagId


class Tag(msgspec.Struct, frozen=True, kw_only=True):
    """A hashtag: the normalised name that tells it from others, and the name as it was first written."""

    id: TagId
    name: str
    display_name: str
    created_at: datetime
