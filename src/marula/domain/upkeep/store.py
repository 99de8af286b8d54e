"""The SQL of upkeep."""

from datetime import datetime, timedelta

import msgspec

from marula.base.db import Connection, Tx

MONTH = timedelta(days=28)


class Figures(msgspec.Struct, frozen=True):
    """How large the server is. `active_*`: people who were here in the last month or half year."""

    users: int
    statuses: int
    active_month: int
    active_halfyear: int
    domains: int


class Week(msgspec.Struct, frozen=True):
    """What happened in a week, by the moment it began."""

    begins: datetime
    statuses: int
    logins: int
    registrations: int


async def figures(db: Connection, now: datetime) -> Figures:
    """Count the people and posts of this server."""
    row = await db.one(
        """
        select count(*) filter (where u.approved and u.confirmed_at is not null) as users,
               coalesce(sum(s.statuses_count), 0)::bigint as statuses,
               count(*) filter (where u.last_active_at > $1::timestamptz - $2::interval) as active_month,
               count(*) filter (where u.last_active_at > $1::timestamptz - interval '180 days') as active_halfyear,
               (select count(distinct domain) from accounts where domain is not null) as domains
        from users u join account_stats s on s.account_id = u.account_id
        """,
        now,
        MONTH,
    )
    assert row is not None
    return Figures(**dict(row))


async def weeks(db: Connection, now: datetime, number: int) -> list[Week]:
    """The last weeks, the present one first: posts written here, people seen, people joined."""
    rows = await db.all(
        """
        select w.begins,
               (select count(*) from posts p where p.local
                and p.id >= (extract(epoch from w.begins)::bigint * 1000) << 16
                and p.id < (extract(epoch from w.begins + interval '7 days')::bigint * 1000) << 16) as statuses,
               (select count(*) from users u where u.last_active_at >= w.begins
                and u.last_active_at < w.begins + interval '7 days') as logins,
               (select count(*) from users u where u.created_at >= w.begins
                and u.created_at < w.begins + interval '7 days') as registrations
        from (select date_trunc('week', $1::timestamptz) - n * interval '7 days' as begins
              from generate_series(0, $2::integer - 1) n) w
        order by w.begins desc
        """,
        now,
        number,
    )
    return [Week(**dict(row)) for row in rows]


async def forget_facts(tx: Tx, age: timedelta, most: int) -> int:
    """Remove up to `most` facts older than `age`; their number."""
    return await tx.run(
        """
        delete from facts where id in (
            select id from facts where happened_at < $1::timestamptz - $2::interval order by happened_at limit $3)
        """,
        tx.now,
        age,
        most,
    )
