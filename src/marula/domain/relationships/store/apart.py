"""The SQL of blocks and mutes."""

from datetime import datetime

from marula.base.db import Tx
from marula.base.kernel.ids import AccountId


async def block(tx: Tx, who: AccountId, whom: AccountId) -> int | None:
    """Write a block. Its id; None when there is one."""
    return await tx.value(
        """
        insert into blocks (account_id, target_id, created_at) values ($1, $2, $3)
        on conflict do nothing returning id
        """,
        who,
        whom,
        tx.now,
    )


async def unblock(tx: Tx, who: AccountId, whom: AccountId) -> int | None:
    """Lift a block. The id it had; None when there was none."""
    return await tx.value("delete from blocks where account_id = $1 and target_id = $2 returning id", who, whom)


async def keep_block(tx: Tx, block: int) -> bool:
    """Hold a block against its end until the transaction ends. False when it has ended."""
    return await tx.one("select from blocks where id = $1 for key share", block) is not None


async def mute(tx: Tx, who: AccountId, whom: AccountId, notifications: bool, expires_at: datetime | None) -> bool:
    """Write a mute, or change it. Says whether it is new, or takes the place of one that had run out."""
    return await tx.value(
        """
        with before as (
            select from mutes where account_id = $1 and target_id = $2 and (expires_at is null or expires_at > $5)
        ), written as (
            insert into mutes (account_id, target_id, hide_notifications, expires_at, created_at)
            values ($1, $2, $3, $4, $5)
            on conflict (account_id, target_id) do update
            set hide_notifications = excluded.hide_notifications, expires_at = excluded.expires_at
        )
        select not exists (select from before)
        """,
        who,
        whom,
        notifications,
        expires_at,
        tx.now,
    )


async def unmute(tx: Tx, who: AccountId, whom: AccountId) -> bool:
    """Lift a mute. Says whether there was one."""
    return await tx.run("delete from mutes where account_id = $1 and target_id = $2", who, whom) == 1


async def end_expired_mutes(tx: Tx, batch: int) -> list[tuple[AccountId, AccountId]]:
    """Remove mutes that have run out, so many at most; who had muted whom."""
    rows = await tx.all(
        """
        delete from mutes where expires_at <= $1 and id in (
            select id from mutes where expires_at <= $1 order by expires_at limit $2 for update skip locked
        )
        returning account_id, target_id
        """,
        tx.now,
        batch,
    )
    return [(row["account_id"], row["target_id"]) for row in rows]
