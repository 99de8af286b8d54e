"""What people do with posts: favourites, bookmarks, pins and muted threads.

All of it is idempotent: doing a thing twice is doing it once.

Tables owned: favourites, bookmarks, pins, thread_mutes.
"""

from marula.domain.interactions.actions import (
    bookmark,
    favourite,
    mute_thread,
    pin,
    unbookmark,
    unfavourite,
    unmute_thread,
    unpin,
    withdraw,
)
from marula.domain.interactions.events import (
    PostBookmarked,
    PostFavourited,
    PostPinned,
    PostUnbookmarked,
    PostUnfavourited,
    PostUnpinned,
)
from marula.domain.interactions.rules import MAX_PINS
from marula.domain.interactions.store import Marked, bookmarks, favourited_by, favourites, keep_favourite, pinned

__all__ = [
    "MAX_PINS",
    "Marked",
    "PostBookmarked",
    "PostFavourited",
    "PostPinned",
    "PostUnbookmarked",
    "PostUnfavourited",
    "PostUnpinned",
    "bookmark",
    "bookmarks",
    "favourite",
    "favourited_by",
    "favourites",
    "keep_favourite",
    "mute_thread",
    "pin",
    "pinned",
    "unbookmark",
    "unfavourite",
    "unmute_thread",
    "unpin",
    "withdraw",
]
