"""The SQL of libraries: which posts of others somebody here had to do with.

A row says that a person favourited, bookmarked, boosted, answered or voted in a post, or is named in it. The marks
themselves are the truth; `refresh` compares.
"""

from collections.abc import Sequence

from marula.base.db import Connection, Tx
from marula.base.kernel.ids import AccountId, PostId

TIED = """
    exists (select from favourites x where x.account_id = {reader} and x.post_id = {post})
    or exists (select from bookmarks x where x.account_id = {reader} and x.post_id = {post})
    or exists (select from mentions x where x.account_id = {reader} and x.post_id = {post} and not x.silent)
    or exists (select from posts x where x.reblog_of_id = {post} and x.account_id = {reader})
    or exists (select from posts x where x.in_reply_to_id = {post} and x.account_id = {reader})
    or exists (select from polls x join poll_votes v on v.poll_id = x.id
               where x.post_id = {post} and v.account_id = {reader})
"""


async def hold(tx: Tx, post: PostId) -> None:
    """Let nobody else compare the libraries of a post until the transaction ends."""
    await tx.run("select pg_advisory_xact_lock(hashtextextended('library ' || $1::bigint, 0))", post)


async def refresh(tx: Tx, post: PostId, readers: Sequence[AccountId]) -> bool:
    """Put a post into the libraries of those of these people who have to do with it, out of those of the others.

    Says whether it is in one more library now.
    """
    tied = TIED.format(reader="r.id", post="$1::bigint")
    return await tx.value(
        f"""
        with reader as (
            select a.id, ({tied}) and exists (select from posts p where p.id = $1 and p.account_id <> a.id) as tied
            from accounts a, lateral (select a.id) r where a.id = any($2::bigint[]) and a.domain is null
        ), gone as (
            delete from search_library l using reader
            where l.account_id = reader.id and l.post_id = $1 and not reader.tied
        ), put as (
            insert into search_library (account_id, post_id) select id, $1 from reader where tied
            on conflict do nothing returning 1
        )
        select exists (select from put)
        """,
        post,
        readers,
    )


async def mentioned(db: Connection, post: PostId) -> list[AccountId]:
    """Who is named in a post, and in whose library it was because of that."""
    rows = await db.all(
        """
        select account_id from mentions where post_id = $1
        union select account_id from search_library where post_id = $1
        """,
        post,
    )
    return [row["account_id"] for row in rows]


async def settle(tx: Tx, posts: Sequence[PostId]) -> None:
    """Put posts into all the libraries in which they belong, and take them out of all others."""
    await tx.run(
        """
        with tie as (
            select distinct tie.account_id, tie.post_id from (
                select account_id, post_id from favourites where post_id = any($1::bigint[])
                union all select account_id, post_id from bookmarks where post_id = any($1::bigint[])
                union all select account_id, post_id from mentions where post_id = any($1::bigint[]) and not silent
                union all select account_id, reblog_of_id from posts where reblog_of_id = any($1::bigint[])
                union all select account_id, in_reply_to_id from posts where in_reply_to_id = any($1::bigint[])
                union all select v.account_id, x.post_id from polls x join poll_votes v on v.poll_id = x.id
                          where x.post_id = any($1::bigint[])
            ) tie join posts p on p.id = tie.post_id join accounts a on a.id = tie.account_id
            where a.domain is null and p.account_id <> tie.account_id
        ), gone as (
            delete from search_library l where l.post_id = any($1::bigint[])
              and not exists (select from tie where tie.account_id = l.account_id and tie.post_id = l.post_id)
        )
        insert into search_library (account_id, post_id) select account_id, post_id from tie on conflict do nothing
        """,
        posts,
    )
