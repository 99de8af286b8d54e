"""The SQL of direct threads."""

from marula.base.db import Connection, Row, Tx
from marula.base.kernel.ids import AccountId, DirectThreadId, PostId
from marula.base.kernel.paging import Page
from marula.domain.conversations.types import DirectThread

_THREAD = "select id, account_id, participants, last_post_id, unread from direct_threads"

_RECEIVED = """
    with subject as (
        select id, account_id, conversation_id from posts where id = $1 and visibility = 3 and reblog_of_id is null
    ), people as (
        select account_id from subject
        union
        select m.account_id from mentions m join subject s on s.id = m.post_id where not m.silent
    ), received as (
        select u.account_id, s.id as post_id, s.account_id as author, s.conversation_id,
               array(select p.account_id from people p where p.account_id <> u.account_id order by 1) as participants
        from people join users u on u.account_id = people.account_id cross join subject s
        where not exists (select from direct_thread_posts x join direct_threads t on t.id = x.thread_id
                          where x.post_id = s.id and t.account_id = u.account_id)
          and (u.account_id = s.account_id or not exists (
                select from blocks b
                where (b.account_id, b.target_id) in ((u.account_id, s.account_id), (s.account_id, u.account_id))
                union all
                select from mutes m where m.account_id = u.account_id and m.target_id = s.account_id
                and m.hide_notifications and (m.expires_at is null or m.expires_at > $2)
                union all
                select from account_domain_blocks d join accounts a on a.domain = d.domain
                where d.account_id = u.account_id and a.id = s.account_id
                union all
                select from thread_mutes t
                where t.account_id = u.account_id and t.conversation_id = s.conversation_id))
    )
"""
"""Who on this server gets the direct post $1 and has not got it yet, with the others it was written by and to.

It is brought to nobody by those they block or mute, or who block them, from a server they hide, nor in a thread they
muted.
"""


def _thread(row: Row) -> DirectThread:
    values = dict(row)
    return DirectThread(participants=tuple(values.pop("participants")), **values)


async def open_threads(tx: Tx, post: PostId) -> None:
    """Write the threads that a direct post belongs to, for all who get it, where there are none yet."""
    await tx.run(
        f"""
        {_RECEIVED}
        insert into direct_threads (account_id, conversation_id, participants, unread)
        select account_id, conversation_id, participants, false from received order by account_id
        on conflict (account_id, conversation_id, hash_array_extended(participants, 0)) do nothing
        """,
        post,
        tx.now,
    )


async def put(tx: Tx, post: PostId) -> list[tuple[DirectThreadId, AccountId]]:
    """Put a direct post into the threads it belongs to, once; the threads it is new in, with those who see them.

    A thread is unread for all but whoever wrote in it last. The rows are locked in one order, so that two of these
    cannot block each other.
    """
    rows = await tx.all(
        f"""
        {_RECEIVED}, held as (
            select t.id from received r join direct_threads t
                on t.account_id = r.account_id and t.conversation_id = r.conversation_id
                and hash_array_extended(t.participants, 0) = hash_array_extended(r.participants, 0)
            order by t.id for no key update of t
        ), written as (
            insert into direct_thread_posts (thread_id, post_id) select id, $1 from held
            on conflict do nothing returning thread_id
        )
        update direct_threads t
        set last_post_id = greatest(t.last_post_id, s.id), unread = t.account_id <> s.account_id
        from written w cross join subject s where t.id = w.thread_id returning t.id, t.account_id
        """,
        post,
        tx.now,
    )
    return [(row["id"], row["account_id"]) for row in rows]


async def go_back(tx: Tx, batch: int) -> tuple[int, list[tuple[DirectThreadId, AccountId]]]:
    """Show the newest post that is left in threads whose newest was deleted; remove those without any.

    Gives how many threads were concerned, at most `batch`, and those that go on, with those who see them.
    """
    rows = await tx.all(
        """
        with concerned as (
            select id, (select max(x.post_id) from direct_thread_posts x where x.thread_id = t.id) as newest
            from direct_threads t where last_post_id is null order by id limit $1 for update skip locked
        ), gone as (
            delete from direct_threads t using concerned c where t.id = c.id and c.newest is null
        ), kept as (
            update direct_threads t set last_post_id = c.newest
            from concerned c where t.id = c.id and c.newest is not null returning t.id, t.account_id
        )
        select c.id, k.account_id from concerned c left join kept k on k.id = c.id
        """,
        batch,
    )
    return len(rows), [(row["id"], row["account_id"]) for row in rows if row["account_id"] is not None]


async def forget_blocked(tx: Tx, who: AccountId, whom: AccountId) -> None:
    """Remove somebody's threads with an account they block, unless the block is lifted already."""
    await tx.run(
        """
        delete from direct_threads where account_id = $1 and participants @> array[$2::bigint]
        and exists (select from blocks where account_id = $1 and target_id = $2)
        """,
        who,
        whom,
    )


async def mark(tx: Tx, who: AccountId, thread: DirectThreadId, *, unread: bool) -> bool:
    """Mark a thread of somebody as read or unread. Says whether that is new."""
    changed = await tx.run(
        "update direct_threads set unread = $3 where account_id = $1 and id = $2 and unread <> $3", who, thread, unread
    )
    return changed == 1


async def remove(tx: Tx, who: AccountId, thread: DirectThreadId) -> bool:
    """Remove a thread from somebody's list. Says whether there was one."""
    return await tx.run("delete from direct_threads where account_id = $1 and id = $2", who, thread) == 1


async def of_account(db: Connection, who: AccountId, page: Page) -> list[DirectThread]:
    """The threads of somebody, that with the newest post first; the newest posts are the cursors."""
    rows = await db.all(
        f"""
        {_THREAD} where account_id = $1 and last_post_id < $2 and last_post_id > $3
        order by last_post_id {page.order} limit $4
        """,
        who,
        page.below,
        page.above,
        page.limit,
    )
    return page.newest_first([_thread(row) for row in rows])


async def by_id(db: Connection, who: AccountId, thread: DirectThreadId) -> DirectThread | None:
    """A thread of somebody; None also when it is somebody else's, or all its posts are gone."""
    row = await db.one(f"{_THREAD} where account_id = $1 and id = $2 and last_post_id is not null", who, thread)
    return None if row is None else _thread(row)
