"""The SQL of home feeds: how they are fed, built, cut and dropped."""

from collections.abc import Sequence
from datetime import timedelta

from marula.base.db import Connection, Tx
from marula.base.kernel.ids import AccountId, PostId, TagId
from marula.base.kernel.paging import Page
from marula.domain.timelines.store.conditions import APART, EXCLUSIVE, NAMES_NONE_SHUNNED, SUBJECT, TAGGED, WELCOME

KEPT = 800
"""Entries of a home feed. Spec: limits.json, feeds.max_items."""

FALLOFF = 80
"""A boost does not show again what is among this many newest entries. Spec: limits.json, feeds.reblog_falloff."""

REST = timedelta(days=14)
"""After this long without a visit a home feed is dropped."""


async def home(db: Connection, who: AccountId, page: Page) -> list[PostId]:
    """The entries of a home feed."""
    rows = await db.all(
        f"""
        select post_id from home_entries where account_id = $1 and post_id < $2 and post_id > $3
        order by post_id {page.order} limit $4
        """,
        who,
        page.below,
        page.above,
        page.limit,
    )
    return page.newest_first([row["post_id"] for row in rows])


async def home_state(db: Connection, who: AccountId) -> bool | None:
    """Whether a home feed is built (True), being built (False) or not kept (None)."""
    row = await db.one("select built_at is not null as built from home_feeds where account_id = $1", who)
    return None if row is None else row["built"]


async def claim_home(tx: Tx, who: AccountId) -> bool:
    """Note that this home feed is wanted. False when it was already."""
    return await tx.run("insert into home_feeds (account_id) values ($1) on conflict do nothing", who) == 1


async def follows_few(db: Connection, who: AccountId, few: int) -> bool:
    """Whether somebody follows at most this many accounts."""
    return await db.value(
        "select count(*) <= $2 from (select from follows where account_id = $1 limit $2 + 1) counted", who, few
    )


async def build_home(tx: Tx, who: AccountId) -> None:
    """Fill a home feed with the newest posts of oneself, of those one follows, and with the hashtags one follows.

    The rules are those of `fan_out` and `fan_out_by_tag`; of a hashtag, only what came since one follows it.
    The newest posts of each followed account are read by index, so the cost grows with the number of people followed,
    not with how much they wrote. Mutes and blocks of authors are left to those who show the feed.
    """
    await tx.run(
        f"""
        insert into home_entries (account_id, post_id, origin_id)
        select $1, id, origin_id from (
        select id, origin_id, author from (
            select id, origin_id, author, place, lead(place) over (partition by origin_id order by id desc) as earlier
            from (
                select candidate.id, candidate.origin_id, candidate.author,
                       row_number() over (order by candidate.id desc) as place
                from (select recent.* from (
                    select target_id as author, show_reblogs, languages from follows f
                    where f.account_id = $1 and not {EXCLUSIVE.format(reader="$1", author="f.target_id")}
                    union all select $1, true, null
                ) source
                cross join lateral (
                    select p.id, o.id as origin_id, p.account_id as author
                    from posts p join posts o on o.id = coalesce(p.reblog_of_id, p.id)
                    where p.account_id = source.author
                      and (p.visibility < 3 or source.author = $1
                           or exists (select from mentions m where m.post_id = p.id and m.account_id = $1))
                      and (p.reblog_of_id is null or source.author = $1
                           or (source.show_reblogs and o.account_id <> $1))
                      and (source.languages is null or p.language is null or p.language = any(source.languages))
                      and (not p.answers_others or p.in_reply_to_account_id = $1
                           or source.author = $1
                           or exists (select from follows f
                                      where f.account_id = $1 and f.target_id = p.in_reply_to_account_id))
                    order by p.id desc limit 100
                ) recent
                union
                select tagged.* from tag_follows t cross join lateral (
                    select p.id, p.id as origin_id, p.account_id as author
                    from post_tags x join posts p on p.id = x.post_id join accounts a on a.id = p.account_id
                    where x.tag_id = t.tag_id and x.post_id > t.id and {TAGGED}
                      and p.account_id <> $1 and not {EXCLUSIVE.format(reader="$1", author="p.account_id")}
                    order by x.post_id desc limit 100
                ) tagged where t.account_id = $1
                ) candidate
            ) placed
        ) spaced
        where earlier is null or earlier - place > $3 or author = $1
        order by id desc limit $2
        ) newest
        where {NAMES_NONE_SHUNNED.format(reader="$1", author="author", origin="origin_id", now="$4")}
        on conflict do nothing
        """,
        who,
        KEPT,
        FALLOFF,
        tx.now,
    )
    await tx.run("update home_feeds set built_at = $2 where account_id = $1", who, tx.now)


async def fan_out(tx: Tx, post: PostId, *, after: AccountId, batch: int) -> AccountId | None:
    """Write a post into the home feeds of its author's local followers, a batch in the order of their ids.

    Gives the last follower of the batch, or None when it was the last batch. What a feed takes: the follower keeps a
    feed, and has the author on no exclusive list; neither blocks nor mutes stand in between, to the author, to anybody
    named or, for a boost, to the boosted author; boosts, languages and replies as the follow says; of a boost only what
    is not among the newest entries already; of a direct post only those it names.
    """
    return await tx.value(
        f"""
        with subject as (
            {SUBJECT}
        ), followers as (
            select f.account_id, f.show_reblogs, f.languages
            from follows f join home_feeds h on h.account_id = f.account_id
            where f.target_id = (select account_id from subject) and f.account_id > $2
            order by f.account_id limit $3
        ), written as (
            insert into home_entries (account_id, post_id, origin_id)
            select f.account_id, s.id, s.origin_id
            from followers f cross join subject s
            where (s.reblog_of_id is null or (f.show_reblogs and s.origin_author <> f.account_id))
              and (f.languages is null or s.language is null or s.language = any(f.languages))
              and (s.visibility < 3
                   or exists (select from mentions m where m.post_id = s.id and m.account_id = f.account_id))
              and (not s.answers_others
                   or s.in_reply_to_account_id = f.account_id
                   or exists (select from follows r
                              where r.account_id = f.account_id and r.target_id = s.in_reply_to_account_id))
              and {WELCOME.format(now="$4")}
              and not {EXCLUSIVE.format(reader="f.account_id", author="s.account_id")}
              and (s.reblog_of_id is null or not exists (
                    select from home_entries e where e.account_id = f.account_id and e.origin_id = s.origin_id
                    and e.post_id <> s.id
                    and e.post_id > coalesce((select n.post_id from home_entries n where n.account_id = f.account_id
                                              order by n.post_id desc offset $5 limit 1), 0)))
            on conflict do nothing
        )
        select case when count(*) = $3 then max(account_id) end from followers
        """,
        post,
        after,
        batch,
        tx.now,
        FALLOFF,
    )


async def fan_out_by_tag(tx: Tx, post: PostId, *, after: AccountId, batch: int) -> AccountId | None:
    """Write a public post into the home feeds of those who follow one of its hashtags, a batch in the order of ids.

    Gives the last of them, or None when it was the last batch. Boosts and posts of limited accounts are in no such
    feed, nor is what stands between reader and author as for `fan_out`. Answers are, whoever they answer.
    """
    return await tx.value(
        f"""
        with subject as (
            {SUBJECT}
        ), followers as (
            select distinct t.account_id
            from post_tags x join posts p on p.id = x.post_id join accounts a on a.id = p.account_id
            join tag_follows t on t.tag_id = x.tag_id join home_feeds h on h.account_id = t.account_id
            where x.post_id = $1 and {TAGGED} and t.account_id > $2
            order by t.account_id limit $3
        ), written as (
            insert into home_entries (account_id, post_id, origin_id)
            select f.account_id, s.id, s.origin_id
            from followers f cross join subject s
            where f.account_id <> s.account_id and {WELCOME.format(now="$4")}
              and not {EXCLUSIVE.format(reader="f.account_id", author="s.account_id")}
            on conflict do nothing
        )
        select case when count(*) = $3 then max(account_id) end from followers
        """,
        post,
        after,
        batch,
        tx.now,
    )


async def push(tx: Tx, who: AccountId, post: PostId) -> None:
    """Write a post into one home feed, when that feed is kept."""
    await tx.run(
        """
        insert into home_entries (account_id, post_id, origin_id)
        select $1, p.id, coalesce(p.reblog_of_id, p.id) from posts p
        where p.id = $2 and exists (select from home_feeds where account_id = $1)
        on conflict do nothing
        """,
        who,
        post,
    )


async def merge(tx: Tx, who: AccountId, authors: Sequence[AccountId]) -> None:
    """Write the newest posts of these people, as far as they are followed, into a kept home feed.

    None below its oldest entry, and none of those who are on an exclusive list.
    """
    await tx.run(
        f"""
        insert into home_entries (account_id, post_id, origin_id)
        select $1, newest.id, newest.origin_id from (
        select s.id, s.origin_id, f.target_id
        from follows f cross join lateral (
            select p.id, o.id as origin_id from posts p join posts o on o.id = coalesce(p.reblog_of_id, p.id)
            where p.account_id = f.target_id and p.visibility < 3
              and (p.reblog_of_id is null
                   or (f.show_reblogs and o.account_id <> $1
                       and not exists (select from home_entries e where e.account_id = $1 and e.origin_id = o.id)))
              and (f.languages is null or p.language is null or p.language = any(f.languages))
              and (not p.answers_others or p.in_reply_to_account_id = $1
                   or exists (select from follows r where r.account_id = $1 and r.target_id = p.in_reply_to_account_id))
              and p.id > coalesce((select post_id from home_entries where account_id = $1
                                   order by post_id desc offset $3 - 1 limit 1), 0)
            order by p.id desc limit 100
        ) s
        where f.account_id = $1 and f.target_id = any($2::bigint[])
          and not {EXCLUSIVE.format(reader="$1", author="f.target_id")}
          and exists (select from home_feeds where account_id = $1 and built_at is not null)
        order by s.id desc limit $3
        ) newest
        where {NAMES_NONE_SHUNNED.format(reader="$1", author="newest.target_id", origin="newest.origin_id", now="$4")}
        on conflict do nothing
        """,
        who,
        authors,
        KEPT,
        tx.now,
    )


async def hide_exclusive(tx: Tx, who: AccountId, authors: Sequence[AccountId]) -> None:
    """Take out of a home feed what those of these people wrote or boosted who are on an exclusive list."""
    await tx.run(
        f"""
        delete from home_entries e using posts p
        where e.account_id = $1 and e.post_id = p.id and p.account_id = any($2::bigint[]) and p.account_id <> $1
          and {EXCLUSIVE.format(reader="$1", author="p.account_id")}
        """,
        who,
        authors,
    )


async def unmerge(tx: Tx, who: AccountId, author: AccountId) -> None:
    """Take somebody's posts, and what others boosted of them, out of a home feed, if they are still apart."""
    await tx.run(
        f"""
        delete from home_entries e using posts p
        where e.account_id = $1 and e.post_id = p.id and p.account_id <> $1
          and (p.account_id = $2 or exists (select from posts o where o.id = e.origin_id and o.account_id = $2))
          and {APART}
        """,
        who,
        author,
    )


async def hide_domain(tx: Tx, who: AccountId, domain: str) -> None:
    """Take what came from a server, and boosts of it, out of a home feed, unless it is hidden no longer."""
    await tx.run(
        """
        delete from home_entries e using posts p, posts o
        where e.account_id = $1 and e.post_id = p.id and o.id = e.origin_id
          and exists (select from accounts a where a.id in (p.account_id, o.account_id) and a.domain = $2)
          and exists (select from account_domain_blocks d where d.account_id = $1 and d.domain = $2)
        """,
        who,
        domain,
    )


async def unmention(tx: Tx, who: AccountId, named: AccountId) -> None:
    """Take out of a home feed what others wrote or boosted that names somebody, if they are still apart."""
    await tx.run(
        f"""
        delete from home_entries e using posts p, mentions x
        where e.account_id = $1 and e.post_id = p.id and p.account_id <> $1
          and x.post_id = e.origin_id and x.account_id = $2 and not x.silent
          and {APART}
        """,
        who,
        named,
    )


async def unfollow(tx: Tx, who: AccountId, author: AccountId) -> None:
    """Take somebody's own posts and boosts out of a home feed, unless they are followed again.

    What others boosted of them stays.
    """
    await tx.run(
        """
        delete from home_entries e using posts p
        where e.account_id = $1 and e.post_id = p.id and p.account_id = $2
          and not exists (select from follows f where f.account_id = $1 and f.target_id = $2)
        """,
        who,
        author,
    )


async def unfollow_tag(tx: Tx, who: AccountId, tag: TagId) -> None:
    """Take out of a home feed the posts that are there for nothing but a hashtag that is no longer followed."""
    await tx.run(
        """
        delete from home_entries e using posts p
        where e.account_id = $1 and e.post_id = p.id and p.account_id <> $1
          and exists (select from post_tags x where x.post_id = p.id and x.tag_id = $2)
          and not exists (select from follows f where f.account_id = $1 and f.target_id = p.account_id)
          and not exists (select from post_tags x join tag_follows t on t.tag_id = x.tag_id and t.account_id = $1
                          where x.post_id = p.id)
        """,
        who,
        tag,
    )


async def trim(tx: Tx, after: AccountId, batch: int) -> AccountId | None:
    """Cut a batch of home feeds to the newest KEPT entries; the last account of the batch, None after the last."""
    return await tx.value(
        """
        with feeds as (
            select account_id from home_feeds where account_id > $1 order by account_id limit $2
        ), gone as (
            delete from home_entries e using feeds
            where e.account_id = feeds.account_id and e.post_id < (
                select post_id from home_entries n where n.account_id = feeds.account_id
                order by post_id desc offset $3 - 1 limit 1)
        )
        select case when count(*) = $2 then max(account_id) end from feeds
        """,
        after,
        batch,
        KEPT,
    )


async def drop_resting(tx: Tx) -> None:
    """Drop the home feeds of those who have not been here for REST."""
    await tx.run(
        """
        with resting as (
            delete from home_feeds h using users u
            where u.account_id = h.account_id and h.built_at < $1::timestamptz - $2::interval
              and coalesce(u.last_active_at, u.created_at) < $1::timestamptz - $2::interval
            returning h.account_id
        )
        delete from home_entries e using resting where e.account_id = resting.account_id
        """,
        tx.now,
        REST,
    )


async def holding(db: Connection, post: PostId, accounts: Sequence[AccountId]) -> list[AccountId]:
    """Those of these accounts in whose home feed a post is."""
    rows = await db.all(
        "select account_id from home_entries where post_id = $1 and account_id = any($2::bigint[])", post, accounts
    )
    return [row["account_id"] for row in rows]
