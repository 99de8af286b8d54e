"""The SQL of idempotency keys: what a key stands for within an hour."""

from datetime import datetime, timedelta

from marula.base.db import Connection, Tx
from marula.base.kernel.ids import AccountId, PostId, ScheduledId
from marula.domain.posts.types import (
    Claim,
)

KEY_LIFETIME = timedelta(hours=1)


async def claim_key(tx: Tx, who: AccountId, key: str) -> Claim | None:
    """Take an idempotency key for an hour; what it stands for when somebody took it before.

    A second claim waits until the first transaction has ended.
    """
    taken = await tx.value(
        """
        insert into idempotency_keys (account_id, key, created_at) values ($1, $2, $3)
        on conflict (account_id, key) do update
        set created_at = excluded.created_at, post_id = null, scheduled_id = null
        where idempotency_keys.created_at < $3::timestamptz - $4::interval
           or (idempotency_keys.post_id is null and idempotency_keys.scheduled_id is null)
        returning key
        """,
        who,
        key,
        tx.now,
        KEY_LIFETIME,
    )
    if taken is not None:
        return None
    row = await tx.one(
        "select post_id, scheduled_id from idempotency_keys where account_id = $1 and key = $2", who, key
    )
    return None if row is None else Claim(row["post_id"], row["scheduled_id"])


async def claimed(db: Connection, who: AccountId, key: str, now: datetime) -> Claim | None:
    """What an idempotency key stands for, when somebody took it within the hour."""
    row = await db.one(
        """
        select post_id, scheduled_id from idempotency_keys
        where account_id = $1 and key = $2 and created_at >= $3::timestamptz - $4::interval
          and (post_id is not null or scheduled_id is not null)
        """,
        who,
        key,
        now,
        KEY_LIFETIME,
    )
    return None if row is None else Claim(row["post_id"], row["scheduled_id"])


async def bind_key(tx: Tx, who: AccountId, key: str, claim: Claim) -> None:
    """Say what a claimed key stands for."""
    await tx.run(
        "update idempotency_keys set post_id = $3, scheduled_id = $4 where account_id = $1 and key = $2",
        who,
        key,
        claim.post_id,
        claim.scheduled_id,
    )


async def rebind_keys(tx: Tx, who: AccountId, scheduled: ScheduledId, post: PostId | None) -> None:
    """Let the keys of a post to come stand for the post that it became, or for nothing."""
    await tx.run(
        "update idempotency_keys set post_id = $3, scheduled_id = null where account_id = $1 and scheduled_id = $2",
        who,
        scheduled,
        post,
    )


async def forget_keys(tx: Tx) -> None:
    """Remove the keys whose hour is over."""
    await tx.run("delete from idempotency_keys where created_at < $1::timestamptz - $2::interval", tx.now, KEY_LIFETIME)
