"""Who may follow whom, and how many. Pure."""

from marula.base.kernel.errors import Forbidden, Invalid, NotFound
from marula.base.text import normalise_domain, valid_language
from marula.domain.accounts import INSTANCE, Account, Stats
from marula.domain.relationships.types import Between, FollowOptions

FOLLOW_LIMIT = 7500
FOLLOW_RATIO = 1.1
MAX_NOTE = 2000
REQUESTS_COUNTED = 40


def check_follow(who: Account, whom: Account, between: Between) -> None:
    """Raises Forbidden, or NotFound when there is nobody to follow any more."""
    if who.id == whom.id:
        raise Forbidden("Following your own account is not allowed")
    if whom.suspended_at is not None:
        raise NotFound
    if INSTANCE in (who.id, whom.id) or between.blocked or whom.moved_to_id is not None:
        raise Forbidden


def check_endorsement(between: Between) -> None:
    """Raises Invalid when one does not follow whom one wants to show on one's profile."""
    if not between.follows:
        raise Invalid.because("You must be already following the person you want to endorse")


def check_domain(domain: str) -> str:
    """The domain of a server as it is kept. Raises Invalid when it cannot be one."""
    found = normalise_domain(domain)
    if found is None:
        raise Invalid.field("domain", "is not a valid domain name" if domain.strip() else "can't be blank")
    return found


def check_options(options: FollowOptions) -> None:
    """Raises Invalid when a language is none."""
    if options.languages and not all(valid_language(code) for code in options.languages):
        raise Invalid.field("languages", "is invalid")


def check_count(who: Account, stats: Stats) -> None:
    """Raises Invalid when somebody of this server follows as many as they may.

    Spec: limits.json, follows.limit and follows.ratio
    """
    limit = follow_limit(stats)
    if who.local and stats.following_count >= limit:
        raise Invalid.because(f"You cannot follow more than {limit} people")


def follow_limit(stats: Stats) -> int:
    """How many accounts somebody may follow: more when many follow them."""
    return max(FOLLOW_LIMIT, round(stats.followers_count * FOLLOW_RATIO))


def must_ask(who: Account, whom: Account) -> bool:
    """Whether a follow has to be granted: by a locked account or another server, or because the follower is limited."""
    return whom.locked or not whom.local or who.silenced_at is not None


def check_note(comment: str) -> None:
    """Raises Invalid when a private note is too long. Spec: Mastodon documentation, methods/accounts (note)"""
    if len(comment) > MAX_NOTE:
        raise Invalid.field("comment", f"is too long (maximum is {MAX_NOTE} characters)", "ERR_TOO_LONG")
