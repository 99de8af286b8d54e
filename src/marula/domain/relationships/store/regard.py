"""The SQL of what somebody makes of others: endorsements, followers they know, notes."""

from collections.abc import Sequence

from marula.base.db import Connection, Tx
from marula.base.kernel.ids import AccountId
from marula.base.kernel.paging import Page


async def endorse(tx: Tx, who: AccountId, whom: AccountId) -> bool:
    """Write an endorsement of somebody who is followed. Says whether it is new."""
    written = await tx.run(
        """
        insert into endorsements (account_id, target_id, created_at)
        select account_id, target_id, $3 from follows where account_id = $1 and target_id = $2 for key share
        on conflict do nothing
        """,
        who,
        whom,
        tx.now,
    )
    return written == 1


async def unendorse(tx: Tx, who: AccountId, whom: AccountId) -> bool:
    """Take an endorsement back. Says whether there was one."""
    return await tx.run("delete from endorsements where account_id = $1 and target_id = $2", who, whom) == 1


async def endorsed(db: Connection, who: AccountId, page: Page, *, viewer: AccountId | None = None) -> list[AccountId]:
    """Whom somebody endorses, those the server knows longest last; their ids are the cursors. A limit of 0 is none.

    Without those with whom the viewer has nothing to do.
    Spec: GOTCHAS, Requests
    """
    rows = await db.all(
        f"""
        select e.target_id from endorsements e join accounts a on a.id = e.target_id
        where e.account_id = $1 and e.target_id < $2 and e.target_id > $3 and a.suspended_at is null
          and ($5::bigint is null or $5 = $1 or not exists (
                select from blocks b where b.account_id = $5 and b.target_id = a.id
                union all select from blocks b where b.account_id = a.id and b.target_id = $5
                union all select from mutes m where m.account_id = $5 and m.target_id = a.id))
        order by e.target_id {page.order} limit nullif($4::bigint, 0)
        """,
        who,
        page.below,
        page.above,
        page.limit,
        viewer,
    )
    return page.newest_first([row["target_id"] for row in rows])


async def familiar(
    db: Connection, viewer: AccountId, ids: Sequence[AccountId], most: int
) -> dict[AccountId, list[AccountId]]:
    """For each of these accounts, who of those the viewer follows also follows it: the latest, so many at most.

    Accounts that do not exist are left out. Nobody is named who keeps to themselves whom they follow, and none of those
    who follow an account that keeps that to itself or blocks the viewer.
    Costs: one statement.
    """
    rows = await db.all(
        """
        select target.id, array(
            select f.account_id from follows mine
            join follows f on f.account_id = mine.target_id and f.target_id = target.id
            join accounts a on a.id = f.account_id
            where mine.account_id = $1 and target.suspended_at is null and target.hide_collections is not true
              and not exists (select from blocks b where b.account_id = target.id and b.target_id = $1)
              and a.suspended_at is null and a.hide_collections is not true
            order by f.id desc limit $3) as familiar
        from accounts target where target.id = any($2::bigint[])
        """,
        viewer,
        ids,
        most,
    )
    return {row["id"]: row["familiar"] for row in rows}


async def put_note(tx: Tx, who: AccountId, whom: AccountId, comment: str) -> None:
    """Write a private note; an empty one is removed."""
    if comment:
        await tx.run(
            """
            insert into account_notes (account_id, target_id, comment) values ($1, $2, $3)
            on conflict (account_id, target_id) do update set comment = excluded.comment
            """,
            who,
            whom,
            comment,
        )
    else:
        await tx.run("delete from account_notes where account_id = $1 and target_id = $2", who, whom)


async def carry_notes(tx: Tx, whom: AccountId, target: AccountId) -> None:
    """Let what people noted of one account be noted of another one too, unless they noted something of that."""
    await tx.run(
        """
        insert into account_notes (account_id, target_id, comment)
        select account_id, $2, comment from account_notes where target_id = $1 and account_id <> $2
        on conflict do nothing
        """,
        whom,
        target,
    )
