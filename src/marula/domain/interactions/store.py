"""The SQL of interactions."""

from typing import Literal, TypeAlias

import msgspec

from marula.base.db import Connection, Row, Tx
from marula.base.kernel.ids import AccountId, ConversationId, PostId
from marula.base.kernel.paging import Page

Mark: TypeAlias = Literal["favourites", "bookmarks", "pins"]


class Marked(msgspec.Struct, frozen=True):
    """An entry of a list of marks: its cursor, which the client does not see, and what it stands for."""

    cursor: int
    post_id: PostId
    account_id: AccountId


async def mark(tx: Tx, table: Mark, who: AccountId, post: PostId) -> int | None:
    """Write a mark; its id, or None when it was there or the post is gone."""
    return await tx.value(
        f"""
        insert into {table} (account_id, post_id, created_at)
        select $1, id, $3 from posts where id = $2 for key share
        on conflict (account_id, post_id) do nothing returning id
        """,
        who,
        post,
        tx.now,
    )


async def unmark(tx: Tx, table: Mark, who: AccountId, post: PostId) -> int | None:
    """Remove a mark; the id it had, or None when there was none."""
    return await tx.value(f"delete from {table} where account_id = $1 and post_id = $2 returning id", who, post)


async def keep_favourite(tx: Tx, favourite: int) -> bool:
    """Hold a favourite against its end until the transaction ends. False when it has ended."""
    return await tx.one("select from favourites where id = $1 for key share", favourite) is not None


async def withdraw_favourites(tx: Tx, who: AccountId, batch: int) -> list[PostId]:
    """Remove a batch of somebody's favourites; which posts they were on."""
    rows = await tx.all(
        """
        delete from favourites where id in (select id from favourites where account_id = $1 order by id limit $2)
        returning post_id
        """,
        who,
        batch,
    )
    return [row["post_id"] for row in rows]


async def count_pins(tx: Tx, who: AccountId, *, besides: PostId) -> int:
    """How many other posts this account has pinned."""
    return await tx.value("select count(*) from pins where account_id = $1 and post_id <> $2", who, besides)


async def mute(tx: Tx, who: AccountId, conversation: ConversationId) -> None:
    """Mute a thread."""
    await tx.run(
        "insert into thread_mutes (account_id, conversation_id, created_at) values ($1, $2, $3) on conflict do nothing",
        who,
        conversation,
        tx.now,
    )


async def unmute(tx: Tx, who: AccountId, conversation: ConversationId) -> None:
    """Hear of a thread again."""
    await tx.run("delete from thread_mutes where account_id = $1 and conversation_id = $2", who, conversation)


async def favourites(db: Connection, who: AccountId, page: Page) -> list[Marked]:
    """What this account marked as favourite, newest mark first."""
    return await _page(db, "favourites", who, page)


async def bookmarks(db: Connection, who: AccountId, page: Page) -> list[Marked]:
    """What this account bookmarked, newest mark first."""
    return await _page(db, "bookmarks", who, page)


async def favourited_by(db: Connection, post: PostId, page: Page, *, viewer: AccountId | None = None) -> list[Marked]:
    """Who marked this post as favourite, newest mark first, without those with whom the viewer has nothing to do."""
    rows = await db.all(
        f"""
        select f.id, f.post_id, f.account_id from favourites f join accounts a on a.id = f.account_id
        where f.post_id = $1 and f.id < $2 and f.id > $3 and a.suspended_at is null
          and ($5::bigint is null or not exists (
                select from blocks b where b.account_id = $5 and b.target_id = a.id
                union all select from blocks b where b.account_id = a.id and b.target_id = $5
                union all select from mutes m where m.account_id = $5 and m.target_id = a.id))
        order by f.id {page.order} limit $4
        """,
        post,
        page.below,
        page.above,
        page.limit,
        viewer,
    )
    return page.newest_first([_marked(row) for row in rows])


async def pinned(db: Connection, who: AccountId, page: Page) -> list[Marked]:
    """What this account pinned, newest post first; the cursor is the post's id."""
    rows = await db.all(
        f"""
        select post_id as id, post_id, account_id from pins
        where account_id = $1 and post_id < $2 and post_id > $3 order by post_id {page.order} limit $4
        """,
        who,
        page.below,
        page.above,
        page.limit,
    )
    return page.newest_first([_marked(row) for row in rows])


async def _page(db: Connection, table: Mark, who: AccountId, page: Page) -> list[Marked]:
    rows = await db.all(
        f"""
        select id, post_id, account_id from {table}
        where account_id = $1 and id < $2 and id > $3 order by id {page.order} limit $4
        """,
        who,
        page.below,
        page.above,
        page.limit,
    )
    return page.newest_first([_marked(row) for row in rows])


def _marked(row: Row) -> Marked:
    return Marked(row["id"], row["post_id"], row["account_id"])
