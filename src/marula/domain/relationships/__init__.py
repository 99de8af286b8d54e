"""How accounts stand to each other: follows, requests to follow, blocks, mutes and private notes.

All of it is idempotent: doing a thing twice is doing it once.

Tables owned: follows, follow_requests, blocks, mutes, account_notes.
"""

from marula.domain.relationships import reactions
from marula.domain.relationships.actions import (
    authorize_request,
    block,
    follow,
    mute,
    reject_request,
    remove_from_followers,
    unblock,
    unfollow,
    unmute,
    write_note,
)
from marula.domain.relationships.events import (
    AccountBlocked,
    AccountFollowed,
    AccountMuted,
    AccountUnblocked,
    AccountUnfollowed,
    AccountUnmuted,
    FollowRequested,
    FollowRequestEnded,
)
from marula.domain.relationships.store import (
    blocked,
    followers,
    following,
    muted,
    relationships,
    requests,
    requests_count,
    shows_itself,
)
from marula.domain.relationships.types import FollowOptions, Listed, Standing

__all__ = [
    "AccountBlocked",
    "AccountFollowed",
    "AccountMuted",
    "AccountUnblocked",
    "AccountUnfollowed",
    "AccountUnmuted",
    "FollowOptions",
    "FollowRequestEnded",
    "FollowRequested",
    "Listed",
    "Standing",
    "authorize_request",
    "block",
    "blocked",
    "follow",
    "followers",
    "following",
    "mute",
    "muted",
    "reactions",
    "reject_request",
    "relationships",
    "remove_from_followers",
    "requests",
    "requests_count",
    "shows_itself",
    "unblock",
    "unfollow",
    "unmute",
    "write_note",
]
