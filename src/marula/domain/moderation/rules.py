"""What a report may say. Pure.

Spec: limits.json, reports.comment_max; Mastodon documentation, methods/reports
"""

from collections.abc import Collection

from marula.base.kernel.errors import Invalid, NotFound
from marula.base.kernel.ids import AccountId, CollectionId, PostId, RuleId
from marula.base.text import normalise_domain
from marula.domain.moderation.types import Category, Complaint

COMMENT_MAX = 1000

MOST_TOLD = 50
"""Servers that one report is passed on to."""


def category_of(complaint: Complaint) -> Category:
    """What a complaint is about: as said; else a violation when it names rules."""
    return complaint.category or ("violation" if complaint.rule_ids else "other")


def rules_of(complaint: Complaint) -> tuple[RuleId, ...] | None:
    """The rules that a complaint names, once each; None when it is not about rules."""
    if category_of(complaint) != "violation":
        return None
    return tuple(dict.fromkeys(complaint.rule_ids)) or None


def told(complaint: Complaint) -> tuple[str, ...]:
    """The servers that are to be told, as the reporter chose them; none when nothing is said, or it stays here."""
    named = (normalise_domain(one) for one in complaint.forward_to[:MOST_TOLD])
    return tuple(dict.fromkeys(one for one in named if one is not None)) if complaint.forward else ()


def check(complaint: Complaint, known: Collection[RuleId]) -> None:
    """Raises Invalid when the comment is too long or names rules that the house does not have."""
    if len(complaint.comment) > COMMENT_MAX:
        raise Invalid.field("comment", f"is too long (maximum is {COMMENT_MAX} characters)", "ERR_TOO_LONG")
    if any(rule not in known for rule in rules_of(complaint) or ()):
        raise Invalid.field("rule_ids", "do not reference valid rules")


def check_evidence(
    complaint: Complaint,
    posts: Collection[tuple[PostId, AccountId]],
    collections: Collection[tuple[CollectionId, AccountId]],
) -> None:
    """Raises NotFound when something is named that the reporter cannot see, or that is not of that account.

    Takes: what the reporter can see of it, each with its owner.
    """
    target = complaint.target_id
    seen = all((post, target) in posts for post in complaint.post_ids)
    if not seen or not all((collection, target) in collections for collection in complaint.collection_ids):
        raise NotFound
