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
from marula.domain.tags import Tag as Known
from marula.entities import Tag, UsageDay
from marula.views import store

DAYS = 7


async def tags(ctx: Context, db: Connection, viewer: AccountId | None, known: Sequence[Known]) -> list[Tag]:
    """These hashtags with a week of use, today first. Nobody can follow or feature one yet, so both are no.

    Costs: one statement.
    """
    today = ctx.clock.now().replace(hour=0, minute=0, second=0, microsecond=0)
    days = [today - timedelta(days=number) for number in range(DAYS)]
    rows = await store.usage(db, [one.id for one in known], ids.at(days[-1])) if known else []
    counted = {(row["tag_id"], row["day"]): (row["uses"], row["accounts"]) for row in rows}
    return [
        Tag(
            id=str(one.id),
            name=one.display_name,
            url=f"{ctx.config.web_url}/tags/{one.name}",
            history=[_day(day, *counted.get((one.id, day.date()), (0, 0))) for day in days],
            following=UNSET if viewer is None else False,
            featuring=UNSET if viewer is None else False,
        )
        for one in known
    ]


def _day(day: datetime, uses: int, accounts: int) -> UsageDay:
    return UsageDay(day=str(int(day.astimezone(UTC).timestamp())), uses=str(uses), accounts=str(accounts))
