"""The SQL that reads notifications in groups. Those of suspended accounts are never shown nor counted.

A group on a page stands where its first member stands in the direction of the page, and holds nothing newer than the
page. An older page may therefore show a group again, with what it held before; its key says that it is the same.
"""

from collections.abc import Sequence
from typing import NamedTuple

from marula.base.db import Connection, Row, Tx
from marula.base.kernel.ids import LARGEST, AccountId, NotificationId
from marula.base.kernel.paging import Page
from marula.domain.notifications.rules import SAMPLE, alone
from marula.domain.notifications.store.reading import WANTED, from_row, terms
from marula.domain.notifications.types import EVERYTHING, Group, Wanted

_GROUPED = "case when n.kind = any($6::text[]) then n.group_key end"


def _first(order: str) -> str:
    """Whether the notification n is the one in whose place its group stands, between $7 and $8."""
    return f"""
        ({_GROUPED} is null or n.id = (
            select m.id from notifications m join accounts c on c.id = m.from_id and c.suspended_at is null
            where m.account_id = $1 and m.group_key = n.group_key and m.id < $7 and m.id > $8
              and ($4::bigint is null or m.from_id = $4) and ($5 or not m.filtered)
            order by m.id {order} limit 1))
    """


_MEMBERS = f"""
    select count(*) as total, max(m.id) as newest, min(m.id) filter (where m.id >= b.low) as oldest,
           max(m.created_at) as latest, (array_agg(m.from_id order by m.id desc))[1:{SAMPLE}] as sample
    from notifications m join accounts c on c.id = m.from_id and c.suspended_at is null
    where m.account_id = $1 and m.group_key = p.shared and m.id <= b.high
"""


async def page_of_groups(
    db: Connection, account: AccountId, page: Page, grouped: Sequence[str], wanted: Wanted = EVERYTHING
) -> list[Group]:
    """What somebody was told, in groups, newest first. `grouped`: the kinds of which several are shown as one.

    Spec: Mastodon documentation, methods/grouped_notifications (get-grouped)
    """
    upward = page.min_id is not None
    rows = await db.all(
        f"""
        with picked as materialized (
            select n.*, {_GROUPED} as shared from notifications n join accounts a on a.id = n.from_id
            where {WANTED} and n.id < $7 and n.id > $8 and {_first(page.order)}
            order by n.id {page.order} limit $9
        ), bounds as (
            select case when $10 or count(*) = $9 then min(id) else $8 + 1 end as low,
                   case when $10 and count(*) < $9 then $7 - 1 else max(id) end as high
            from picked
        )
        select p.*, g.*
        from picked p cross join bounds b
        left join lateral (
            {_MEMBERS} and ($4::bigint is null or m.from_id = $4) and ($5 or not m.filtered)
        ) g on p.shared is not null
        order by coalesce(g.newest, p.id) desc
        """,
        *terms(account, wanted),
        grouped,
        page.below,
        page.above,
        page.limit,
        upward,
    )
    return [_group(row) for row in rows]


async def group(db: Connection, account: AccountId, key: str) -> Group | None:
    """One of somebody's groups, with all that it holds."""
    row = await db.one(
        f"""
        with picked as materialized (
            select n.*, case when $2::bigint is null then n.group_key end as shared
            from notifications n join accounts a on a.id = n.from_id and a.suspended_at is null
            where n.account_id = $1 and case when $2 is null then n.group_key = $3 else n.id = $2 end
              and ($2 is not null or n.group_key is not null)
            order by n.id desc limit 1
        )
        select p.*, g.* from picked p cross join (select 0::bigint as low, {LARGEST} as high) b
        left join lateral ({_MEMBERS}) g on p.shared is not null
        """,
        account,
        alone(key),
        key,
    )
    return None if row is None else _group(row)


class Member(NamedTuple):
    """A notification of a group and who did it."""

    cursor: NotificationId
    account_id: AccountId


async def members(db: Connection, account: AccountId, key: str, page: Page) -> list[Member]:
    """Who is in one of somebody's groups, the latest first."""
    where = "n.group_key = $2" if alone(key) is None else "n.id = $2"
    rows = await db.all(
        f"""
        select n.id, n.from_id from notifications n join accounts a on a.id = n.from_id and a.suspended_at is null
        where n.account_id = $1 and {where} and n.id < $3 and n.id > $4 order by n.id {page.order} limit $5
        """,
        account,
        key if alone(key) is None else alone(key),
        page.below,
        page.above,
        page.limit,
    )
    return page.newest_first([Member(row["id"], row["from_id"]) for row in rows])


async def unread_groups(
    db: Connection,
    account: AccountId,
    grouped: Sequence[str],
    *,
    since_id: int,
    limit: int,
    wanted: Wanted = EVERYTHING,
) -> int:
    """How many groups hold something newer than the marker `since_id`; the count stops at `limit`.

    Spec: Mastodon documentation, methods/grouped_notifications (unread-group-count)
    """
    return await db.value(
        f"""
        select count(*) from (
            select from notifications n join accounts a on a.id = n.from_id
            where {WANTED} and n.id < $7 and n.id > $8 and {_first("asc")} order by n.id limit $9
        ) counted
        """,
        *terms(account, wanted),
        grouped,
        LARGEST,
        since_id,
        limit,
    )


async def dismiss_group(tx: Tx, account: AccountId, key: str) -> None:
    """Remove all that is in one of somebody's groups."""
    one = alone(key)
    if one is None:
        await tx.run("delete from notifications where account_id = $1 and group_key = $2", account, key)
    else:
        await tx.run("delete from notifications where account_id = $1 and id = $2", account, one)


def _group(row: Row) -> Group:
    shared = row["shared"] is not None
    first = from_row(row)
    return Group(
        first=first,
        key=first.group_key if shared else f"ungrouped-{first.id}",
        count=row["total"] if shared else 1,
        newest=row["newest"] if shared else first.id,
        oldest=row["oldest"] if shared else first.id,
        latest=row["latest"] if shared else first.created_at,
        sample=tuple(dict.fromkeys(row["sample"])) if shared else (first.from_id,),
    )
