"""What may be done with a post, and by whom. Pure.

Spec: Mastodon documentation, entities/Status#visibility; GOTCHAS, Posting and editing.
"""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from marula.base.kernel import ids
from marula.base.kernel.ids import AccountId, PostId
from marula.domain import media
from marula.domain.media import Attachment
from marula.domain.posts.types import (
    NO_TIES,
    Consent,
    Deed,
    Draft,
    Permit,
    Poll,
    PollDraft,
    Post,
    QuotePolicy,
    Quoters,
    QuoteSight,
    QuoteState,
    Ties,
    Visibility,
)

NEWS = timedelta(hours=6)
"""How young a post is that is still news. Spec: federation practice, inbox rules (Create)"""

MAX_CHARACTERS = 500
MIN_POLL_SECONDS = 300
MAX_POLL_SECONDS = 2_629_746
MAX_POLL_OPTIONS = 4
MAX_OPTION_CHARACTERS = 50

BOOSTABLE = (Visibility.PUBLIC, Visibility.UNLISTED)


def visible(
    visibility: Visibility, author: AccountId, author_suspended: bool, viewer: AccountId | None, ties: Ties
) -> bool:
    """Whether the viewer may know that the post exists."""
    if author_suspended:
        return False
    if viewer == author:
        return True
    if ties.blocked_by:
        return False
    if visibility in BOOSTABLE:
        return True
    if viewer is None:
        return False
    return ties.mentioned or (visibility is Visibility.PRIVATE and ties.follows)


def wanted(author: AccountId, viewer: AccountId | None, ties: Ties) -> bool:
    """Whether a visible post belongs in a list that the viewer did not ask for by name."""
    return viewer == author or not (ties.blocks or ties.mutes or ties.blocked_by or ties.hides_domain)


def may_approach(ties: Ties) -> bool:
    """Whether a viewer may do with a visible post what its author hears of: not while they block them."""
    return not ties.blocks


def may_boost(post: Post, who: AccountId) -> bool:
    """Whether somebody who sees the post may share it. One's own followers-only post may be shared to followers."""
    return post.visibility in BOOSTABLE or (post.visibility is Visibility.PRIVATE and post.account_id == who)


def boost_visibility(post: Post, asked: Visibility | None) -> Visibility:
    """How far a boost reaches: as asked, never further than the post."""
    return max(post.visibility, asked if asked is not None else Visibility.PUBLIC)


def quoters(policy: QuotePolicy, visibility: Visibility) -> Quoters:
    """Who may quote a post of ours at once: as its author wishes, and nobody when it is not for everybody."""
    return _QUOTERS[policy] if visibility in BOOSTABLE else Quoters.NOBODY


_QUOTERS: dict[QuotePolicy, Quoters] = {
    "public": Quoters.PUBLIC,
    "followers": Quoters.FOLLOWERS,
    "nobody": Quoters.NOBODY,
}


def consent(
    visibility: Visibility, author: AccountId, automatic: int, manual: int, viewer: AccountId | None, ties: Ties
) -> Consent:
    """What happens when somebody who sees this post quotes it. It is no boost.

    Takes: the groups that may quote it at once, and those that may once they were asked.
    Spec: Mastodon documentation, entities/QuoteApproval#current_user
    """
    if viewer is None or visibility >= Visibility.DIRECT:
        return "denied"
    if viewer == author:
        return "automatic"
    if ties.blocks or ties.blocked_by:
        return "denied"
    groups = Quoters.PUBLIC | ties.follows * Quoters.FOLLOWERS | ties.followed_by * Quoters.FOLLOWING
    if automatic & groups:
        return "automatic"
    if manual & groups:
        return "manual"
    return "unknown" if (automatic | manual) & Quoters.UNSUPPORTED else "denied"


def quote_sight(state: QuoteState, *, own: bool = False, seen: bool | None = None, ties: Ties = NO_TIES) -> QuoteSight:
    """What a viewer is told of a quote.

    Takes: whether the quoted post is their own, whether they may know of it (None when it is gone), and what stands
    between them and it.
    Spec: Mastodon documentation, entities/Quote#state
    """
    if state is not QuoteState.ACCEPTED:
        return _UNACCEPTED[state]
    if seen is None:
        return "deleted"
    if not seen:
        return "unauthorized"
    if ties.blocks and not own:
        return "blocked_account"
    if ties.hides_domain and not own:
        return "blocked_domain"
    return "muted_account" if ties.mutes and not own else "accepted"


_UNACCEPTED: dict[QuoteState, QuoteSight] = {
    QuoteState.PENDING: "pending",
    QuoteState.REJECTED: "rejected",
    QuoteState.REVOKED: "revoked",
}

SHOWN_QUOTES: frozenset[QuoteSight] = frozenset({"accepted", "blocked_account", "blocked_domain", "muted_account"})
"""With these the quoted post is given; a client hides what its reader blocked or muted until they ask for it."""


def quoting_reach(asked: Visibility, quoted: Post) -> Visibility:
    """How far a post that quotes reaches: no further than the followers when what it quotes is for them only."""
    return max(asked, Visibility.PRIVATE) if quoted.visibility is Visibility.PRIVATE else asked


def reach(asked: Visibility, *, limited: bool) -> Visibility:
    """How far a post reaches: as asked, but the public posts of a limited account stay out of public timelines."""
    return Visibility.UNLISTED if limited and asked is Visibility.PUBLIC else asked


def same_question(poll: Poll, draft: PollDraft) -> bool:
    """Whether an edited poll asks what it asked before, so that its votes hold."""
    return (poll.options, poll.multiple) == (draft.options, draft.multiple)


def same(post: Post, poll: Poll | None, shown: Sequence[Attachment], draft: Draft) -> bool:
    """Whether a revision says nothing but what the post says already."""
    if (post.text, post.spoiler_text, post.sensitive, post.language) != (
        draft.text,
        draft.spoiler_text,
        draft.sensitive,
        draft.language,
    ):
        return False
    if not (media.rules.same_remote(shown, draft.media) if not post.local else media.rules.same(shown, draft.chosen)):
        return False
    if poll is None or draft.poll is None:
        return poll is None and draft.poll is None
    return same_question(poll, draft.poll)


def counted(visibility: Visibility) -> bool:
    """Whether a post counts in its author's number of posts."""
    return visibility not in (Visibility.DIRECT, Visibility.LIMITED)


def young(post: PostId, now: datetime) -> bool:
    """Whether a post comes into feeds when it is shown to more people, or what it answers is found."""
    return post >= ids.at(now - NEWS)


def reply_target(parent: Post, author: AccountId) -> AccountId:
    """Whom a reply answers: the parent's author, or, in a thread with oneself, whoever the thread answers."""
    if parent.account_id == author and parent.in_reply_to_account_id is not None:
        return parent.in_reply_to_account_id
    return parent.account_id


def permission(permit: Permit, who: str, groups: Collection[str], concerned: bool) -> Consent:
    """Whether somebody may do something: at once, once their deed is approved, or not at all.

    Takes: `who`, their address; `groups`, the addresses of the groups in which they are; `concerned`: they are named
    in the post or answered by it, and so may always answer. Who is named decides before groups.
    """
    if who in permit.automatic or (concerned and permit.deed is Deed.REPLY):
        return "automatic"
    if who in permit.manual:
        return "manual"
    if any(group in permit.automatic for group in groups):
        return "automatic"
    return "manual" if any(group in permit.manual for group in groups) else "denied"
