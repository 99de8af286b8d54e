"""The facts of media."""

from marula.base.events import Fact
from marula.base.kernel.ids import AccountId, MediaId


class MediaUploaded(Fact, frozen=True, kw_only=True):
    """Somebody sent a file, which they may attach to a post."""

    media_id: MediaId
    account_id: AccountId
    finished: bool
    """Whether it was processed while they waited."""


class MediaProcessed(Fact, frozen=True, kw_only=True):
    """A file can be shown now, or it cannot be read."""

    media_id: MediaId
    account_id: AccountId
    readable: bool


class MediaChanged(Fact, frozen=True, kw_only=True):
    """Something else is said of a file that hangs on no post yet."""

    media_id: MediaId
    account_id: AccountId


class MediaRemoved(Fact, frozen=True, kw_only=True):
    """Somebody removed a file that they had sent and not posted."""

    media_id: MediaId
    account_id: AccountId
