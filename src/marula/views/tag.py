"""Hashtags as a viewer sees them.

Spec: Mastodon documentation, entities/Tag
"""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from msgspec import UNSET

from marula.base.db import Connection
from marula.base.kernel import ids
from marula.base.kernel.ids import AccountId
from marula.domain.context import Context
from marula.domain.tags import FeaturedTag as Featured
from marula.domain.tags import Tag as Known
from marula.domain.tags import standing
from marula.entities import FeaturedTag, Tag, UsageDay
from marula.entities.scalars import date_text
from marula.views import store

DAYS = 7


async def tags(ctx: Context, db: Connection, viewer: AccountId | None, known: Sequence[Known]) -> list[Tag]:
    """These hashtags with a week of use, today first, and for a viewer whether they follow or feature them.

    Costs: one statement, one more for a viewer.
    """
    found = [one.id for one in known]
    days = week(ctx)
    rows = await store.usage(db, found, ids.at(days[-1])) if known else []
    followed, featured = await standing(db, viewer, found) if viewer is not None and known else (set[int](), set[int]())
    counted = {(row["tag_id"], row["day"]): (row["uses"], row["accounts"]) for row in rows}
    return [
        Tag(
            id=str(one.id),
            name=one.display_name,
            url=url(ctx, one.name),
            history=[usage_day(day, *counted.get((one.id, day.date()), (0, 0))) for day in days],
            following=UNSET if viewer is None else one.id in followed,
            featuring=UNSET if viewer is None else one.id in featured,
        )
        for one in known
    ]


def unused(ctx: Context, viewer: AccountId | None, name: str, spelling: str) -> Tag:
    """A hashtag that nobody has written yet. Spec: GOTCHAS, Instance, oauth, streaming"""
    return Tag(
        id="",
        name=spelling,
        url=url(ctx, name),
        history=[usage_day(day, 0, 0) for day in week(ctx)],
        following=UNSET if viewer is None else False,
        featuring=UNSET if viewer is None else False,
    )


def featured_tag(ctx: Context, one: Featured) -> FeaturedTag:
    """A hashtag on a profile. Spec: Mastodon documentation, entities/FeaturedTag"""
    acct = one.username if one.domain is None else f"{one.username}@{one.domain}"
    return FeaturedTag(
        id=str(one.id),
        name=one.display_name,
        url=f"{ctx.config.web_url}/@{acct}/tagged/{one.name}",
        statuses_count=str(one.statuses_count),
        last_status_at=None if one.last_status_at is None else date_text(one.last_status_at),
    )


def url(ctx: Context, name: str) -> str:
    """Where people read the posts with a hashtag, by its normalised name."""
    return f"{ctx.config.web_url}/tags/{name}"


def week(ctx: Context) -> list[datetime]:
    """The midnights in UTC of the days that a history has, today first."""
    today = ctx.clock.now().replace(hour=0, minute=0, second=0, microsecond=0)
    return [today - timedelta(days=number) for number in range(DAYS)]


def usage_day(day: datetime, uses: int, accounts: int) -> UsageDay:
    """A day of a history."""
    return UsageDay(day=str(int(day.astimezone(UTC).timestamp())), uses=str(uses), accounts=str(accounts))
