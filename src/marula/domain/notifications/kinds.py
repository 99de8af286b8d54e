"""The kinds of notifications: for each one, the fact it follows from, who is told, and how it may be shown.

A kind is one row here and one audience in `store/audiences.py`.
Spec: Mastodon documentation, entities/Notification#type
"""

from collections.abc import Callable
from typing import Any

import msgspec

from marula.base.events import Fact
from marula.domain.collections import AccountFeatured, CollectionRevised
from marula.domain.interactions import PostFavourited
from marula.domain.moderation import ReportMade
from marula.domain.notifications.store.audiences import Audience
from marula.domain.posts import AnswerLinked, PollEnded, PostPublished, PostRevised, QuoteAccepted
from marula.domain.relationships import AccountFollowed, FollowRequested, RelationshipsSevered
from marula.domain.users import UserApproved, UserConfirmed, UserRegistered


class Kind(msgspec.Struct, frozen=True, kw_only=True):
    """A kind of notification.

    `made_by`: the facts that it may follow from. `subject`: the field of the fact that names what it is about.
    `when`: which of these facts concern the kind.
    `groupable`: whether clients may show several as one. `filterable`: whether a person's policy may set it aside.
    """

    name: str
    made_by: tuple[type[Fact], ...]
    subject: str
    told: Audience
    when: Callable[[Any], bool] | None = None
    groupable: bool = False
    filterable: bool = False


def _written(fact: PostPublished | PostRevised | AnswerLinked) -> bool:
    return not _boosted(fact)


def _boosted(fact: PostPublished | PostRevised | AnswerLinked) -> bool:
    return isinstance(fact, PostPublished) and fact.reblog_of_id is not None


KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind(
            name="mention",
            made_by=(PostPublished, PostRevised),
            subject="post_id",
            told="mentioned",
            when=_written,
            filterable=True,
        ),
        Kind(
            name="status",
            made_by=(PostPublished, AnswerLinked),
            subject="post_id",
            told="watching followers",
            when=_written,
        ),
        Kind(
            name="reblog",
            made_by=(PostPublished,),
            subject="post_id",
            told="author of the boosted post",
            when=_boosted,
            groupable=True,
            filterable=True,
        ),
        Kind(
            name="follow",
            made_by=(AccountFollowed,),
            subject="follow_id",
            told="followed",
            groupable=True,
            filterable=True,
        ),
        Kind(name="follow_request", made_by=(FollowRequested,), subject="request_id", told="asked", filterable=True),
        Kind(
            name="favourite",
            made_by=(PostFavourited,),
            subject="favourite_id",
            told="author of the favourite",
            groupable=True,
            filterable=True,
        ),
        Kind(name="poll", made_by=(PollEnded,), subject="poll_id", told="voters and author"),
        Kind(
            name="quote",
            made_by=(QuoteAccepted,),
            subject="quote_id",
            told="author of the quoted post",
            filterable=True,
        ),
        Kind(name="quoted_update", made_by=(PostRevised,), subject="post_id", told="authors of quotes"),
        Kind(name="update", made_by=(PostRevised,), subject="post_id", told="boosters"),
        Kind(
            name="added_to_collection",
            made_by=(AccountFeatured,),
            subject="item_id",
            told="featured account",
            filterable=True,
        ),
        Kind(
            name="collection_update",
            made_by=(CollectionRevised,),
            subject="collection_id",
            told="accounts in the collection",
        ),
        Kind(name="severed_relationships", made_by=(RelationshipsSevered,), subject="severance_id", told="severed"),
        Kind(
            name="admin.sign_up",
            made_by=(UserRegistered, UserConfirmed, UserApproved),
            subject="user_id",
            told="staff",
            groupable=True,
        ),
        Kind(name="admin.report", made_by=(ReportMade,), subject="report_id", told="staff for reports"),
    )
}


GROUPABLE = tuple(kind.name for kind in KINDS.values() if kind.groupable)
"""The kinds of which several may be shown as one."""


def made_by(fact: Fact) -> list[Kind]:
    """The kinds that follow from this fact."""
    return [kind for kind in KINDS.values() if type(fact) in kind.made_by and (kind.when is None or kind.when(fact))]
