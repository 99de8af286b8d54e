"""What people do with posts: favourites, reactions with emoji, bookmarks, pins and muted threads.

All of it is idempotent: doing a thing twice is doing it once.

Tables owned: favourites, post_reactions, post_votes, bookmarks, pins, thread_mutes.
"""

from marula.domain import storage
from marula.domain.interactions.actions import (
    bookmark,
    count_like,
    favourite,
    mirror_pin,
    mirror_pins,
    mute_thread,
    pin,
    unbookmark,
    uncount_like,
    unfavourite,
    unmute_thread,
    unpin,
    withdraw,
)
from marula.domain.interactions.drafting import draft_reaction, readable_reaction
from marula.domain.interactions.events import (
    PostBookmarked,
    PostFavourited,
    PostPinned,
    PostReacted,
    PostUnbookmarked,
    PostUnfavourited,
    PostUnpinned,
    PostUnreacted,
)
from marula.domain.interactions.reacting import react, unreact
from marula.domain.interactions.rules import MAX_PINS, MAX_REACTIONS
from marula.domain.interactions.store import (
    Marked,
    bookmarks,
    cared_for,
    favourite_of,
    favourited_by,
    favourites,
    keep_favourite,
    keep_reaction,
    pinned,
    reaction_of,
    reactions_by,
    reactors,
    stand_alone,
)
from marula.domain.interactions.types import Chosen, Reacted

__all__ = [
    "MAX_PINS",
    "MAX_REACTIONS",
    "Chosen",
    "Marked",
    "PostBookmarked",
    "PostFavourited",
    "PostPinned",
    "PostReacted",
    "PostUnbookmarked",
    "PostUnfavourited",
    "PostUnpinned",
    "PostUnreacted",
    "Reacted",
    "bookmark",
    "bookmarks",
    "count_like",
    "draft_reaction",
    "favourite",
    "favourite_of",
    "favourited_by",
    "favourites",
    "keep_favourite",
    "keep_reaction",
    "mirror_pin",
    "mirror_pins",
    "mute_thread",
    "pin",
    "pinned",
    "react",
    "reaction_of",
    "reactions_by",
    "reactors",
    "readable_reaction",
    "stand_alone",
    "unbookmark",
    "uncount_like",
    "unfavourite",
    "unmute_thread",
    "unpin",
    "unreact",
    "withdraw",
]

storage.spares(cared_for)
