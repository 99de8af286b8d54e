"""The SQL of mentions: whom a post names, and who may read it though it names them no longer."""

from collections.abc import Sequence

from marula.base.db import Tx
from marula.base.kernel.ids import AccountId, PostId


async def put_mentions(tx: Tx, post: PostId, accounts: Sequence[tuple[AccountId, bool]]) -> None:
    """These mentions (account, silent); who was named before and is not any more may still read it, silently."""
    await tx.run(
        """
        with hushed as (
            update mentions set silent = true where post_id = $1 and account_id <> all($2::bigint[]) and not silent
        )
        insert into mentions (post_id, account_id, silent) select $1, * from unnest($2::bigint[], $3::boolean[])
        on conflict (post_id, account_id) do update set silent = excluded.silent
        """,
        post,
        [account for account, _ in accounts],
        [silent for _, silent in accounts],
    )


async def add_mention(tx: Tx, post: PostId, account: AccountId) -> bool:
    """Name one more account in a post: a new version. Says whether the post is there and did not name it."""
    added = await tx.run(
        """
        with named as (
            insert into mentions (post_id, account_id) select id, $2 from posts where id = $1
            on conflict do nothing returning post_id
        )
        update posts set version = version + 1 where id in (select post_id from named)
        """,
        post,
        account,
    )
    return bool(added)


async def forget_mentions(tx: Tx, who: AccountId, batch: int) -> int:
    """Let a batch of posts name somebody no longer: a new version of each. Gives how many did."""
    return await tx.run(
        """
        with gone as (
            delete from mentions where account_id = $1 and post_id in (
                select post_id from mentions where account_id = $1 order by post_id limit $2
            ) returning post_id
        )
        update posts p set version = version + 1 from gone where p.id = gone.post_id
        """,
        who,
        batch,
    )
