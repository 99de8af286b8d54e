"""The SQL of the directory: the people who want to be found.

Its entries hold nothing but the order. Whether somebody is shown is asked of the account itself at each reading, so
that those who leave the directory are gone at once.
"""

from marula.base.db import Connection, Tx
from marula.base.kernel.ids import AccountId
from marula.domain.discovery.store.conditions import APART, SHOWN
from marula.domain.discovery.types import DirectoryOrder


async def listed(
    db: Connection, viewer: AccountId | None, order: DirectoryOrder, *, local: bool, limit: int, offset: int
) -> list[AccountId]:
    """The people of the directory, without those with whom the viewer has nothing to do.

    Costs: one statement, which walks one index as far as `offset` and `limit` reach.
    """
    rows = await db.all(
        f"""
        select d.account_id from directory_entries d join accounts a on a.id = d.account_id
        where {"d.local and" if local else ""} {SHOWN}
          and ($1::bigint is null or not {APART.format(viewer="$1", other="a.id")})
        order by {"d.active_at desc nulls last, " if order == "active" else ""} d.account_id desc
        limit $2 offset $3
        """,
        viewer,
        limit,
        offset,
    )
    return [row["account_id"] for row in rows]


async def refresh(tx: Tx) -> None:
    """Put in who is not there yet, move who wrote meanwhile, take out who is to be found no longer.

    Only rows that change are written.
    """
    await tx.run(
        f"""
        with shown as (
            select a.id, a.domain is null as local, s.last_status_at
            from accounts a join account_stats s on s.account_id = a.id where {SHOWN}
        ), gone as (
            delete from directory_entries d where not exists (select from shown where shown.id = d.account_id)
        )
        insert into directory_entries (account_id, local, active_at) select id, local, last_status_at from shown
        where not exists (select from directory_entries d where d.account_id = shown.id
                          and d.active_at is not distinct from shown.last_status_at)
        on conflict (account_id) do update set active_at = excluded.active_at
        """
    )


async def enter(tx: Tx, account: AccountId) -> None:
    """Put in one account that wants to be found, when it is not there yet."""
    await tx.run(
        f"""
        insert into directory_entries (account_id, local, active_at)
        select a.id, a.domain is null, s.last_status_at
        from accounts a join account_stats s on s.account_id = a.id where a.id = $1 and {SHOWN}
        on conflict do nothing
        """,
        account,
    )
