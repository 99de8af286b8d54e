"""How accounts stand to each other: follows, requests to follow, blocks, mutes, hidden servers, endorsements
and private notes.

All of it is idempotent: doing a thing twice is doing it once.

Tables owned: follows, follow_requests, blocks, mutes, account_domain_blocks, severances, severed_follows,
endorsements, account_notes.
"""

from marula.domain.relationships import reactions, rules
from marula.domain.relationships.actions import (
    authorize_request,
    block,
    endorse,
    follow,
    hide_domain,
    mute,
    reconsider_request,
    reject_request,
    remove_from_followers,
    unblock,
    unendorse,
    unfollow,
    unhide_domain,
    unmute,
    withdraw,
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
    DomainHidden,
    DomainUnhidden,
    FollowRequested,
    FollowRequestEnded,
    RelationshipsSevered,
)
from marula.domain.relationships.severing import restore_server, sever_server
from marula.domain.relationships.store.apart import keep_block
from marula.domain.relationships.store.domains import hidden as hidden_domains
from marula.domain.relationships.store.domains import losses
from marula.domain.relationships.store.follows import (
    followers_among,
    followers_elsewhere,
    followers_here,
    follows_between,
    keep_request,
    requesting,
    requests_count,
)
from marula.domain.relationships.store.reading import (
    averse_to,
    blocked,
    followers,
    following,
    local_followers,
    muted,
    relationships,
    requests,
    shows_itself,
)
from marula.domain.relationships.store.regard import carry_notes, endorsed, familiar
from marula.domain.relationships.store.severances import severances
from marula.domain.relationships.types import FollowOptions, HiddenDomain, Listed, Losses, Severance, Standing

__all__ = [
    "AccountBlocked",
    "AccountEndorsed",
    "AccountFollowed",
    "AccountMuted",
    "AccountUnblocked",
    "AccountUnendorsed",
    "AccountUnfollowed",
    "AccountUnmuted",
    "DomainHidden",
    "DomainUnhidden",
    "FollowOptions",
    "FollowRequestEnded",
    "FollowRequested",
    "HiddenDomain",
    "Listed",
    "Losses",
    "RelationshipsSevered",
    "Severance",
    "Standing",
    "authorize_request",
    "averse_to",
    "block",
    "blocked",
    "carry_notes",
    "endorse",
    "endorsed",
    "familiar",
    "follow",
    "followers",
    "followers_among",
    "followers_elsewhere",
    "followers_here",
    "following",
    "follows_between",
    "hidden_domains",
    "hide_domain",
    "keep_block",
    "keep_request",
    "local_followers",
    "losses",
    "mute",
    "muted",
    "reactions",
    "reconsider_request",
    "reject_request",
    "relationships",
    "remove_from_followers",
    "requesting",
    "requests",
    "requests_count",
    "restore_server",
    "rules",
    "sever_server",
    "severances",
    "shows_itself",
    "unblock",
    "unendorse",
    "unfollow",
    "unhide_domain",
    "unmute",
    "withdraw",
    "write_note",
]
