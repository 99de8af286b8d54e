"""Posts: write, edit, delete, boost, and polls.

Whoever writes, a person through the API or another server, `publish` is the one way in; what may be written is decided
before, in `drafting` for local people. Reading for display is done by `views`.

Tables owned: posts, post_stats, post_edits, mentions, post_tags, polls, poll_votes, conversations, idempotency_keys.
"""

from marula.domain.posts import reactions, rules
from marula.domain.posts.actions import boost, delete, publish, revise, unboost, vote, withdraw
from marula.domain.posts.drafting import Asked, PollAsked, draft, draft_revision
from marula.domain.posts.events import PollEnded, PollVoted, PostDeleted, PostPublished, PostRevised
from marula.domain.posts.reading import approachable, readable, readable_among, readable_poll, readable_with_ties
from marula.domain.posts.store import (
    bind_key,
    boost_of,
    by_id,
    claim_key,
    count,
    count_marks,
    history,
    locked,
    many,
    poll_by_id,
    rebind_keys,
    ties,
)
from marula.domain.posts.types import (
    NO_TIES,
    Claim,
    Draft,
    Mentioned,
    Poll,
    PollDraft,
    Post,
    QuotePolicy,
    Ties,
    Visibility,
)

__all__ = [
    "NO_TIES",
    "Asked",
    "Claim",
    "Draft",
    "Mentioned",
    "Poll",
    "PollAsked",
    "PollDraft",
    "PollEnded",
    "PollVoted",
    "Post",
    "PostDeleted",
    "PostPublished",
    "PostRevised",
    "QuotePolicy",
    "Ties",
    "Visibility",
    "approachable",
    "bind_key",
    "boost",
    "boost_of",
    "by_id",
    "claim_key",
    "count",
    "count_marks",
    "delete",
    "draft",
    "draft_revision",
    "history",
    "locked",
    "many",
    "poll_by_id",
    "publish",
    "reactions",
    "readable",
    "readable_among",
    "readable_poll",
    "readable_with_ties",
    "rebind_keys",
    "revise",
    "rules",
    "ties",
    "unboost",
    "vote",
    "withdraw",
]
