"""The SQL of annual reports. It counts what other features wrote, on their indexes by account and time."""

from datetime import datetime

import msgspec

from marula.base.db import Connection, Row, Tx
from marula.base.kernel import ids
from marula.base.kernel.ids import AccountId, PostId
from marula.domain.annual_reports.types import Counts, Figures, Report

_figures = msgspec.json.Decoder(Figures)
_SELECT = "select account_id, year, figures::text as figures, viewed_at from annual_reports"


async def request(tx: Tx, account: AccountId, year: int) -> bool:
    """Note that a report is wanted. Says whether it is news."""
    sql = "insert into annual_reports (account_id, year, requested_at) values ($1, $2, $3) on conflict do nothing"
    return await tx.run(sql, account, year, tx.now) == 1


async def keep(tx: Tx, account: AccountId, year: int, figures: Figures) -> None:
    """Write the figures of a report that has none."""
    await tx.run(
        "update annual_reports set figures = $3::jsonb where account_id = $1 and year = $2 and figures is null",
        account,
        year,
        msgspec.json.encode(figures).decode(),
    )


async def view(tx: Tx, account: AccountId, year: int) -> bool:
    """Note that a report was read. False when there is none."""
    return (
        await tx.run(
            """
            update annual_reports set viewed_at = coalesce(viewed_at, $3)
            where account_id = $1 and year = $2::bigint and figures is not null
            """,
            account,
            year,
            tx.now,
        )
        == 1
    )


async def report(db: Connection, account: AccountId, year: int) -> Report | None:
    """Somebody's report of a year, also one that is being made."""
    row = await db.one(f"{_SELECT} where account_id = $1 and year = $2::bigint", account, year)
    return None if row is None else _report(row)


async def unread(db: Connection, account: AccountId) -> list[Report]:
    """The reports that somebody has not read, the latest first."""
    rows = await db.all(
        f"{_SELECT} where account_id = $1 and figures is not null and viewed_at is null order by year desc", account
    )
    return [_report(row) for row in rows]


async def counts(db: Connection, account: AccountId, begins: datetime, ends: datetime) -> Counts:
    """What somebody did in a span of time. Costs: one statement, over their posts and followers of that time."""
    row = await db.one(
        """
        select count(*) as posts,
               count(*) filter (where reblog_of_id is null and not answers) as standalone,
               count(*) filter (where answers) as replies,
               count(*) filter (where reblog_of_id is not null) as boosts,
               count(*) filter (where exists (select from polls where polls.post_id = p.id)) as polls,
               count(*) filter (where visibility < 2) as open,
               count(*) filter (where exists (select from post_tags x where x.post_id = p.id)) as tagged,
               (select count(*) from follows f where f.target_id = $1 and f.created_at >= $4 and f.created_at < $5)
                   as followers
        from (select id, visibility, reblog_of_id, answers_others as answers
              from posts where account_id = $1 and id >= $2 and id < $3) p
        """,
        account,
        ids.at(begins),
        ids.at(ends),
        begins,
        ends,
    )
    assert row is not None
    return Counts(**dict(row))


async def top_post(db: Connection, account: AccountId, begins: datetime, ends: datetime) -> PostId | None:
    """The post for all that was shared most, of several the latest."""
    return await db.value(
        """
        select p.id from posts p join post_stats s on s.post_id = p.id
        where p.account_id = $1 and p.id >= $2 and p.id < $3 and p.visibility < 2 and p.reblog_of_id is null
        order by s.reblogs_count desc, p.id desc limit 1
        """,
        account,
        ids.at(begins),
        ids.at(ends),
    )


async def top_hashtag(db: Connection, account: AccountId, begins: datetime, ends: datetime) -> tuple[str, int] | None:
    """The hashtag that somebody used most, more than once, and how often."""
    row = await db.one(
        """
        select t.display_name, count(*) as uses
        from posts p join post_tags x on x.post_id = p.id join tags t on t.id = x.tag_id
        where p.account_id = $1 and p.id >= $2 and p.id < $3
        group by t.id having count(*) > 1 order by uses desc, t.id limit 1
        """,
        account,
        ids.at(begins),
        ids.at(ends),
    )
    return None if row is None else (row["display_name"], row["uses"])


def _report(row: Row) -> Report:
    told = row["figures"]
    return Report(
        account_id=row["account_id"],
        year=row["year"],
        figures=None if told is None else _figures.decode(told),
        viewed_at=row["viewed_at"],
    )
