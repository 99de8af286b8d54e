"""The SQL of what people lose all at once."""

from collections.abc import Sequence

from marula.base.db import Connection, Tx
from marula.base.kernel.ids import AccountId, SeveranceId
from marula.domain.relationships.types import Losses, Severance, SeveranceKind


async def add(tx: Tx, who: AccountId, kind: SeveranceKind, target: str, lost: Losses) -> None:
    """Count losses to the severance that goes on, or begin one."""
    await tx.run(
        """
        insert into severances (account_id, kind, target_name, followers_count, following_count, created_at)
        values ($1, $2, $3, $4, $5, $6)
        on conflict (account_id, kind, target_name) where ended_at is null do update
        set followers_count = severances.followers_count + excluded.followers_count,
            following_count = severances.following_count + excluded.following_count
        """,
        who,
        kind,
        target,
        lost.followers,
        lost.following,
        tx.now,
    )


async def end(tx: Tx, who: AccountId, kind: SeveranceKind, target: str) -> SeveranceId | None:
    """End the severance that goes on, so that a later one counts anew; None when there is none."""
    return await tx.value(
        """
        update severances set ended_at = $4
        where account_id = $1 and kind = $2 and target_name = $3 and ended_at is null returning id
        """,
        who,
        kind,
        target,
        tx.now,
    )


async def end_all(tx: Tx, kind: SeveranceKind, target: str) -> list[tuple[AccountId, SeveranceId]]:
    """End all severances of this cause that go on; whose they are, and which."""
    rows = await tx.all(
        """
        update severances set ended_at = $3 where kind = $1 and target_name = $2 and ended_at is null
        returning account_id, id
        """,
        kind,
        target,
        tx.now,
    )
    return [(row["account_id"], row["id"]) for row in rows]


async def severances(db: Connection, ids: Sequence[SeveranceId]) -> list[Severance]:
    """These severances, those that exist, in any order."""
    rows = await db.all(
        """
        select id, account_id, kind, target_name, followers_count, following_count, created_at
        from severances where id = any($1::bigint[])
        """,
        ids,
    )
    return [Severance(**dict(row)) for row in rows]
