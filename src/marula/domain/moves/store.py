"""The SQL of moves."""

from marula.base.db import Connection, Tx
from marula.base.kernel.ids import AccountId
from marula.domain.moves.types import Move


async def put(tx: Tx, who: AccountId, target: AccountId, followers: int) -> int:
    """Write a move; to the same account again, it is this time that counts."""
    return await tx.value(
        """
        insert into moves (account_id, target_id, followers_count, created_at) values ($1, $2, $3, $4)
        on conflict (account_id, target_id) do update
        set followers_count = excluded.followers_count, created_at = excluded.created_at
        returning id
        """,
        who,
        target,
        followers,
        tx.now,
    )


async def latest(db: Connection, who: AccountId) -> Move | None:
    """The last move of an account."""
    row = await db.one(
        """
        select id, account_id, target_id, followers_count, created_at from moves where account_id = $1
        order by created_at desc, id desc limit 1
        """,
        who,
    )
    return None if row is None else Move(**dict(row))


async def origins(db: Connection, target: AccountId) -> list[AccountId]:
    """The accounts that go on as this one now."""
    rows = await db.all(
        """
        select m.account_id from moves m join accounts a on a.id = m.account_id and a.moved_to_id = m.target_id
        where m.target_id = $1
        """,
        target,
    )
    return [row["account_id"] for row in rows]
