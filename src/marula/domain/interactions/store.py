"""The SQL of interactions."""

from collections.abc import Sequence
from typing import Literal, TypeAlias

import msgspec

from marula.base.db import Connection, Row, Tx
from marula.base.kernel.ids import AccountId, BlobId, ConversationId, PostId
from marula.base.kernel.paging import Page
from marula.domain.interactions.types import Chosen, Reacted

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


async def mark_reacted(tx: Tx, who: AccountId, post: PostId) -> int | None:
    """Write a favourite that goes with a reaction; its id, or None when there was one, or the post is gone."""
    return await tx.value(
        """
        insert into favourites (account_id, post_id, created_at, reacted)
        select $1, id, $3, true from posts where id = $2 for key share
        on conflict (account_id, post_id) do nothing returning id
        """,
        who,
        post,
        tx.now,
    )


async def unmark_favourite(tx: Tx, who: AccountId, post: PostId, *, reacted_only: bool = False) -> Row | None:
    """Remove a favourite, or only one that went with a reaction; id and `reacted`, or None when there was none."""
    return await tx.one(
        "delete from favourites where account_id = $1 and post_id = $2 and (reacted or not $3) returning id, reacted",
        who,
        post,
        reacted_only,
    )


async def stand_alone(tx: Tx, who: AccountId, post: PostId, *, reacted: bool) -> None:
    """Note whether a favourite goes with a reaction, or stands by itself."""
    await tx.run(
        "update favourites set reacted = $3 where account_id = $1 and post_id = $2 and reacted <> $3",
        who,
        post,
        reacted,
    )


async def react(tx: Tx, who: AccountId, post: PostId, chosen: Chosen, uri: str | None) -> int | None:
    """Write a reaction; its id, or None when it was there or the post is gone."""
    return await tx.value(
        """
        insert into post_reactions (account_id, post_id, name, domain, uri, created_at)
        select $1, id, $3, $4, $5, $6 from posts where id = $2 for key share
        on conflict (post_id, account_id, name, domain) do nothing returning id
        """,
        who,
        post,
        chosen.name,
        chosen.domain,
        uri,
        tx.now,
    )


async def unreact(tx: Tx, reaction: int) -> bool:
    """Remove a reaction. Says whether it was there."""
    return await tx.value("delete from post_reactions where id = $1 returning id", reaction) is not None


async def reactions_by(db: Connection, who: AccountId, post: PostId) -> list[Reacted]:
    """The reactions of an account to a post, the oldest first."""
    rows = await db.all(
        """
        select id, account_id, post_id, name, domain, uri from post_reactions
        where post_id = $1 and account_id = $2 order by id
        """,
        post,
        who,
    )
    return [Reacted(**dict(row)) for row in rows]


async def reactors(
    db: Connection, post: PostId, chosen: Sequence[Chosen], each: int, *, viewer: AccountId | None
) -> list[Reacted]:
    """Who reacted with each of these emoji, the first few of each, without those whom the viewer does not see.

    Costs: one statement.
    """
    rows = await db.all(
        """
        select r.id, r.account_id, r.post_id, r.name, r.domain, r.uri
        from unnest($2::text[], $3::text[]) as c (name, domain) cross join lateral (
            select x.* from post_reactions x join accounts a on a.id = x.account_id
            where x.post_id = $1 and x.name = c.name and x.domain = c.domain and a.suspended_at is null
              and ($5::bigint is null or not exists (
                    select from blocks b where b.account_id = $5 and b.target_id = a.id
                    union all select from blocks b where b.account_id = a.id and b.target_id = $5
                    union all select from mutes m where m.account_id = $5 and m.target_id = a.id))
            order by x.id limit $4) r
        order by r.id
        """,
        post,
        [one.name for one in chosen],
        [one.domain for one in chosen],
        each,
        viewer,
    )
    return [Reacted(**dict(row)) for row in rows]


async def keep_reaction(tx: Tx, reaction: int) -> bool:
    """Hold a reaction against its end until the transaction ends. False when it has ended."""
    return await tx.one("select from post_reactions where id = $1 for key share", reaction) is not None


async def withdraw_reactions(tx: Tx, who: AccountId, batch: int) -> list[PostId]:
    """Remove a batch of somebody's reactions; to which posts they were, one entry for each."""
    rows = await tx.all(
        """
        delete from post_reactions where id in (
            select id from post_reactions where account_id = $1 order by id limit $2)
        returning post_id
        """,
        who,
        batch,
    )
    return [row["post_id"] for row in rows]


async def vote(tx: Tx, post: PostId, voter: str) -> bool:
    """Keep a like of somebody who need not be known. Says whether it is new, and is no favourite already."""
    made = await tx.one(
        """
        insert into post_votes (post_id, voter)
        select p.id, substring(sha256(convert_to($2, 'UTF8')), 1, 16) from posts p
        where p.id = $1 and not exists (
            select from favourites f join accounts a on a.id = f.account_id where f.post_id = p.id and a.uri = $2)
        for key share on conflict do nothing returning post_id
        """,
        post,
        voter,
    )
    return made is not None


async def unvote(tx: Tx, post: PostId, voter: str) -> bool:
    """Keep such a like no longer. Says whether there was one."""
    gone = await tx.one(
        """
        delete from post_votes where post_id = $1 and voter = substring(sha256(convert_to($2, 'UTF8')), 1, 16)
        returning post_id
        """,
        post,
        voter,
    )
    return gone is not None


async def favourite_of(db: Connection, favourite: int) -> tuple[AccountId, PostId] | None:
    """Whose favourite this is, and which post."""
    row = await db.one("select account_id, post_id from favourites where id = $1", favourite)
    return None if row is None else (row["account_id"], row["post_id"])


async def reaction_of(db: Connection, reaction: int) -> Reacted | None:
    """The reaction with this number."""
    row = await db.one("select id, account_id, post_id, name, domain, uri from post_reactions where id = $1", reaction)
    return None if row is None else Reacted(**dict(row))


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


async def put_pins(tx: Tx, who: AccountId, posts: Sequence[PostId]) -> None:
    """Exactly these pins, of posts that are this account's own."""
    await tx.run(
        """
        with gone as (delete from pins where account_id = $1 and post_id <> all($2::bigint[]))
        insert into pins (account_id, post_id, created_at)
        select $1, p.id, $3 from posts p where p.id = any($2::bigint[]) and p.account_id = $1
        on conflict do nothing
        """,
        who,
        posts,
        tx.now,
    )


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


async def cared_for(db: Connection, blobs: Sequence[BlobId]) -> set[BlobId]:
    """Those of these blobs that a post shows which somebody here bookmarked, favourited, reacted to, boosted, quoted
    or answered.
    """
    rows = await db.all(
        """
        select b.id from unnest($1::bigint[]) b (id)
        where exists (
            select from (
                select post_id from media_attachments where original_id = b.id
                union select post_id from media_attachments where small_id = b.id
            ) m where exists (select from bookmarks where post_id = m.post_id)
                or exists (select from favourites f join accounts a on a.id = f.account_id
                           where f.post_id = m.post_id and a.domain is null)
                or exists (select from post_reactions r join accounts a on a.id = r.account_id
                           where r.post_id = m.post_id and a.domain is null)
                or exists (select from posts where reblog_of_id = m.post_id and local)
                or exists (select from posts where in_reply_to_id = m.post_id and local)
                or exists (select from quotes q join posts p on p.id = q.post_id
                           where q.quoted_id = m.post_id and p.local)
        )
        """,
        blobs,
    )
    return {row["id"] for row in rows}
