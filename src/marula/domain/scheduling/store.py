"""The SQL of scheduling."""

from datetime import datetime

import msgspec

from marula.base.db import Connection, Row, Tx
from marula.base.kernel.ids import AccountId, ScheduledId
from marula.base.kernel.paging import Page
from marula.domain.posts import Asked
from marula.domain.scheduling.types import Scheduled

_SELECT = "select id, account_id, app_id, asked, scheduled_at, failure from scheduled_posts"

_asked = msgspec.json.Decoder(Asked)


def _scheduled(row: Row) -> Scheduled:
    return Scheduled(
        id=row["id"],
        account_id=row["account_id"],
        asked=msgspec.structs.replace(_asked.decode(row["asked"]), app_id=row["app_id"]),
        scheduled_at=row["scheduled_at"],
        failure=row["failure"],
    )


async def hold(tx: Tx, who: AccountId) -> None:
    """Let what somebody schedules come one after the other until the transaction ends."""
    await tx.run("select from accounts where id = $1 for no key update", who)


async def insert(tx: Tx, who: AccountId, asked: Asked, moment: datetime) -> ScheduledId:
    """Write a post to come."""
    return await tx.value(
        """
        insert into scheduled_posts (account_id, app_id, asked, scheduled_at, created_at)
        values ($1, $2, $3, $4, $5) returning id
        """,
        who,
        asked.app_id,
        msgspec.json.encode(asked).decode(),
        moment,
        tx.now,
    )


async def one(db: Connection, who: AccountId, scheduled: ScheduledId) -> Scheduled | None:
    """One of somebody's posts to come."""
    row = await db.one(f"{_SELECT} where id = $1 and account_id = $2", scheduled, who)
    return None if row is None else _scheduled(row)


async def due(db: Connection, scheduled: ScheduledId, now: datetime) -> Scheduled | None:
    """A post whose time has come and that has not failed."""
    row = await db.one(f"{_SELECT} where id = $1 and scheduled_at <= $2 and failure is null", scheduled, now)
    return None if row is None else _scheduled(row)


async def page_of(db: Connection, who: AccountId, page: Page) -> list[Scheduled]:
    """Somebody's posts to come, the last one scheduled first."""
    rows = await db.all(
        f"{_SELECT} where account_id = $1 and id < $2 and id > $3 order by id {page.order} limit $4",
        who,
        page.below,
        page.above,
        page.limit,
    )
    return page.newest_first([_scheduled(row) for row in rows])


async def counts(tx: Tx, who: AccountId, day: tuple[datetime, datetime], *, besides: ScheduledId) -> tuple[int, int]:
    """How many other posts wait, in all and for a day."""
    row = await tx.one(
        """
        select count(*) as waiting, count(*) filter (where scheduled_at >= $2 and scheduled_at < $3) as that_day
        from scheduled_posts where account_id = $1 and id <> $4
        """,
        who,
        *day,
        besides,
    )
    assert row is not None
    return row["waiting"], row["that_day"]


async def move(tx: Tx, who: AccountId, scheduled: ScheduledId, moment: datetime) -> bool:
    """Set another time and forget that it failed. False when it is gone."""
    return (
        await tx.run(
            "update scheduled_posts set scheduled_at = $3, failure = null where id = $1 and account_id = $2",
            scheduled,
            who,
            moment,
        )
        == 1
    )


async def delete(tx: Tx, who: AccountId, scheduled: ScheduledId) -> bool:
    """Remove a post to come; whether it was there."""
    return await tx.run("delete from scheduled_posts where id = $1 and account_id = $2", scheduled, who) == 1


async def take(tx: Tx, scheduled: ScheduledId) -> bool:
    """Remove a post whose time has come. False when somebody was faster, moved it or removed it."""
    return (
        await tx.run(
            "delete from scheduled_posts where id = $1 and scheduled_at <= $2 and failure is null", scheduled, tx.now
        )
        == 1
    )


async def set_aside(tx: Tx, scheduled: ScheduledId, why: str) -> bool:
    """Keep a post that could not be published, with the reason. False when that is not so any more."""
    return (
        await tx.run(
            "update scheduled_posts set failure = $3 where id = $1 and scheduled_at <= $2 and failure is null",
            scheduled,
            tx.now,
            why,
        )
        == 1
    )
