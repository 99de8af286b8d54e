"""The SQL of the feeds of lists: as home feeds, with the replies policy of the list.

A list is shown what its members write for their followers, as long as the owner follows them, and what its owner
writes when they are on it themselves. Direct posts are in no list.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from marula.base.db import Connection, Tx
from marula.base.kernel.ids import AccountId, ListId, PostId
from marula.base.kernel.paging import Page
from marula.domain.timelines.store.conditions import APART, NAMES_NONE_SHUNNED, SUBJECT, WELCOME
from marula.domain.timelines.store.home import FALLOFF, KEPT, REST

NOTED = timedelta(days=1)
"""How often it is noted that a list is read."""

_FED = """
    select m.list_id, l.account_id, m.account_id as author, l.replies_policy,
           coalesce(f.show_reblogs, true) as show_reblogs, f.languages
    from list_members m join list_feeds k on k.list_id = m.list_id join lists l on l.id = m.list_id
    left join follows f on f.account_id = l.account_id and f.target_id = m.account_id
    where (f.id is not null or l.account_id = m.account_id)
"""
"""The kept feeds of lists with their members, and how the owner follows each."""

_TAKEN = """
    s.visibility < 3
    and (s.reblog_of_id is null or f.account_id = s.account_id
         or (f.show_reblogs and s.origin_author <> f.account_id))
    and (f.languages is null or s.language is null or s.language = any(f.languages))
    and (not s.answers_others or s.in_reply_to_account_id = f.account_id
         or (f.replies_policy <> 'none'
             and (f.account_id = s.account_id or exists (
                    select from follows r
                    where r.account_id = f.account_id and r.target_id = s.in_reply_to_account_id))
             and (f.replies_policy = 'followed' or exists (
                    select from list_members r
                    where r.list_id = f.list_id and r.account_id = s.in_reply_to_account_id))))
"""
"""Whether the feed f takes the post s: boosts and languages as the follow says, answers as the list says."""


async def of_list(db: Connection, which: ListId, page: Page) -> list[PostId]:
    """The entries of the feed of a list."""
    rows = await db.all(
        f"""
        select post_id from list_entries where list_id = $1 and post_id < $2 and post_id > $3
        order by post_id {page.order} limit $4
        """,
        which,
        page.below,
        page.above,
        page.limit,
    )
    return page.newest_first([row["post_id"] for row in rows])


async def ready(db: Connection, which: ListId, now: datetime) -> bool:
    """Whether the feed of a list is built, and was read so lately that another reading need not be noted."""
    return await db.value(
        """
        select exists (select from list_feeds where list_id = $1 and built_at is not null
                       and read_at > $2::timestamptz - $3::interval)
        """,
        which,
        now,
        NOTED,
    )


async def claim(tx: Tx, which: ListId) -> bool:
    """Note that the feed of a list is wanted. False when it was already."""
    return (
        await tx.run(
            "insert into list_feeds (list_id, read_at) values ($1, $2) on conflict do nothing",
            which,
            tx.now,
        )
        == 1
    )


async def note_read(tx: Tx, which: ListId) -> bool:
    """Note that somebody reads the feed of a list. Says whether it is built."""
    return await tx.value(
        "update list_feeds set read_at = $2 where list_id = $1 returning built_at is not null", which, tx.now
    )


async def has_few(db: Connection, which: ListId, few: int) -> bool:
    """Whether a list has at most this many members."""
    return await db.value(
        "select count(*) <= $2 from (select from list_members where list_id = $1 limit $2 + 1) counted", which, few
    )


async def build(tx: Tx, which: ListId) -> None:
    """Fill the feed of a list anew."""
    await tx.run("delete from list_entries where list_id = $1", which)
    await fill(tx, [which])
    await tx.run("update list_feeds set built_at = $2 where list_id = $1", which, tx.now)


async def fill(tx: Tx, lists: Sequence[ListId], authors: Sequence[AccountId] | None = None) -> None:
    """Write the newest posts of members, of all or of these, into the kept feeds of lists, none below the oldest entry.

    The newest posts of each member are read by index, so the cost grows with the number of members, not with how much
    they wrote. Mutes and blocks of authors are left to those who show the feed.
    """
    await tx.run(
        f"""
        insert into list_entries (list_id, post_id, origin_id)
        select list_id, id, origin_id from (
            select list_id, id, origin_id, author, owner, place,
                   lead(place) over (partition by list_id, origin_id order by id desc) as earlier
            from (
                select f.list_id, s.id, s.origin_id, f.author, f.account_id as owner,
                       row_number() over (partition by f.list_id order by s.id desc) as place
                from ({_FED} and m.list_id = any($1::bigint[])
                      and ($2::bigint[] is null or m.account_id = any($2::bigint[]))) f
                cross join lateral (
                    select s.id, s.origin_id from (
                        select p.*, o.id as origin_id, o.account_id as origin_author
                        from posts p join posts o on o.id = coalesce(p.reblog_of_id, p.id)
                        where p.account_id = f.author
                    ) s
                    where {_TAKEN}
                      and (s.reblog_of_id is null or not exists (
                            select from list_entries e
                            where e.list_id = f.list_id and e.origin_id = s.origin_id and e.post_id <> s.id))
                      and s.id > coalesce((select post_id from list_entries where list_id = f.list_id
                                           order by post_id desc offset $3 - 1 limit 1), 0)
                    order by s.id desc limit 100
                ) s
            ) placed
        ) spaced
        where place <= $3 and (earlier is null or earlier - place > $4)
          and {NAMES_NONE_SHUNNED.format(reader="owner", author="author", origin="origin_id", now="$5")}
        on conflict do nothing
        """,
        lists,
        authors,
        KEPT,
        FALLOFF,
        tx.now,
    )


async def fill_with(tx: Tx, who: AccountId, author: AccountId) -> None:
    """Write the newest posts of an account into those lists of somebody that it is on."""
    rows = await tx.all(
        """
        select l.id from list_members m join lists l on l.id = m.list_id
        where m.account_id = $2 and l.account_id = $1
        """,
        who,
        author,
    )
    if rows:
        await fill(tx, [row["id"] for row in rows], [author])


async def fan_out(tx: Tx, post: PostId, *, after: ListId, batch: int) -> ListId | None:
    """Write a post into the feeds of the lists that its author is on, a batch in the order of their ids.

    Gives the last list of the batch, or None when it was the last batch. What a list takes is what a home feed would
    take, with the answers that the list shows.
    """
    return await tx.value(
        f"""
        with subject as (
            {SUBJECT}
        ), feeds as (
            {_FED} and m.account_id = (select account_id from subject) and m.list_id > $2
            order by m.list_id limit $3
        ), written as (
            insert into list_entries (list_id, post_id, origin_id)
            select f.list_id, s.id, s.origin_id
            from feeds f cross join subject s
            where {_TAKEN}
              and {WELCOME.format(now="$4")}
              and (s.reblog_of_id is null or not exists (
                    select from list_entries e where e.list_id = f.list_id and e.origin_id = s.origin_id
                    and e.post_id <> s.id
                    and e.post_id > coalesce((select n.post_id from list_entries n where n.list_id = f.list_id
                                              order by n.post_id desc offset $5 limit 1), 0)))
            on conflict do nothing
        )
        select case when count(*) = $3 then max(list_id) end from feeds
        """,
        post,
        after,
        batch,
        tx.now,
        FALLOFF,
    )


async def drop_former(tx: Tx, which: ListId, accounts: Sequence[AccountId]) -> None:
    """Take the posts of those who are no longer on a list out of its feed."""
    await tx.run(
        """
        delete from list_entries e using posts p
        where e.list_id = $1 and e.post_id = p.id and p.account_id = any($2::bigint[])
          and not exists (select from list_members m where m.list_id = $1 and m.account_id = p.account_id)
        """,
        which,
        accounts,
    )


async def unmerge(tx: Tx, who: AccountId, author: AccountId) -> None:
    """Take somebody's posts, and what others boosted of them, out of all feeds of somebody's lists, if still apart."""
    await tx.run(
        f"""
        delete from list_entries e using lists l, posts p
        where l.account_id = $1 and e.list_id = l.id and e.post_id = p.id and p.account_id <> $1
          and (p.account_id = $2 or exists (select from posts o where o.id = e.origin_id and o.account_id = $2))
          and {APART}
        """,
        who,
        author,
    )


async def hide_domain(tx: Tx, who: AccountId, domain: str) -> None:
    """Take what came from a server, and boosts of it, out of the feeds of somebody's lists, as from their home feed."""
    await tx.run(
        """
        delete from list_entries e using lists l, posts p, posts o
        where l.account_id = $1 and e.list_id = l.id and e.post_id = p.id and o.id = e.origin_id
          and exists (select from accounts a where a.id in (p.account_id, o.account_id) and a.domain = $2)
          and exists (select from account_domain_blocks d where d.account_id = $1 and d.domain = $2)
        """,
        who,
        domain,
    )


async def unmention(tx: Tx, who: AccountId, named: AccountId) -> None:
    """Take out of all feeds of somebody's lists what others wrote or boosted that names an account, if apart."""
    await tx.run(
        f"""
        delete from list_entries e using lists l, posts p, mentions x
        where l.account_id = $1 and e.list_id = l.id and e.post_id = p.id and p.account_id <> $1
          and x.post_id = e.origin_id and x.account_id = $2 and not x.silent
          and {APART}
        """,
        who,
        named,
    )


async def trim(tx: Tx, after: ListId, batch: int) -> ListId | None:
    """Cut a batch of feeds of lists to the newest KEPT entries; the last list of the batch, None after the last."""
    return await tx.value(
        """
        with feeds as (
            select list_id from list_feeds where list_id > $1 order by list_id limit $2
        ), gone as (
            delete from list_entries e using feeds
            where e.list_id = feeds.list_id and e.post_id < (
                select post_id from list_entries n where n.list_id = feeds.list_id
                order by post_id desc offset $3 - 1 limit 1)
        )
        select case when count(*) = $2 then max(list_id) end from feeds
        """,
        after,
        batch,
        KEPT,
    )


async def drop_resting(tx: Tx) -> None:
    """Drop the feeds of lists that nobody has read for REST."""
    await tx.run(
        """
        with resting as (
            delete from list_feeds where read_at < $1::timestamptz - $2::interval returning list_id
        )
        delete from list_entries e using resting where e.list_id = resting.list_id
        """,
        tx.now,
        REST,
    )


async def holding(db: Connection, post: PostId, lists: Sequence[ListId]) -> list[ListId]:
    """Those of these lists in whose feed a post is."""
    rows = await db.all(
        "select list_id from list_entries where post_id = $1 and list_id = any($2::bigint[])", post, lists
    )
    return [row["list_id"] for row in rows]
