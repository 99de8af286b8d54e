"""How accounts stand to each other: follows, requests to follow, blocks, mutes, endorsements and private notes.

All of it is idempotent: doing a thing twice is doing it once.

Tables owned: follows, follow_requests, blocks, mutes, endorsements, account_notes.
"""

from marula.domain.relationships import reactions
from marula.domain.relationships.actions import (
    authorize_request,
    block,
    endorse,
    follow,
    mute,
    reject_request,
    remove_from_followers,
    unblock,
    unendorse,
    unfollow,
    unmute,
    write_note,
)
from marula.domain.relationships.events import (
    AccountBlocked,
    AccountEndorsed,
    AccountFollowed,
    AccountMuted,
    AccountUnblocked,
    AccountUnendorsed,
    AccountUnfollowed,
    AccountUnmuted,
    FollowRequested,
    FollowRequestEnded,
)
from marula.domain.relationships.store.follows import requests_count
from marula.domain.relationships.store.reading import (
    blocked,
    followers,
    following,
    muted,
    relationships,
    requests,
    shows_itself,
)
from marula.domain.relationships.store.regard import endorsed, familiar
from marula.domain.relationships.types import FollowOptions, Listed, Standing

__all__ = [
    "AccountBlocked",
    "AccountEndorsed",
    "AccountFollowed",
    "AccountMuted",
    "AccountUnblocked",
    "AccountUnendorsed",
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
    "endorse",
    "endorsed",
    "familiar",
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
    "unendorse",
    "unfollow",
    "unmute",
    "write_note",
]
