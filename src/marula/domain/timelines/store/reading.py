"""The SQL of feeds that are read from the posts: public, by hashtag, of a profile; and of boosts and threads."""

import msgspec

from marula.base.db import Connection
from marula.base.kernel.ids import AccountId, PostId
from marula.base.kernel.paging import Page

WITH_MEDIA = "and p.has_media"


class PublicFilter(msgspec.Struct, frozen=True, kw_only=True):
    """Which public posts. `languages`: only these, None for all."""

    local: bool = False
    remote: bool = False
    only_media: bool = False
    languages: tuple[str, ...] | None = None


class TagFilter(msgspec.Struct, frozen=True, kw_only=True):
    """Which posts with hashtags: any of `any`, all of `all`, none of `none` (normalised names)."""

    any: tuple[str, ...]
    all: tuple[str, ...] = ()
    none: tuple[str, ...] = ()
    local: bool = False
    remote: bool = False
    only_media: bool = False


class ProfileFilter(msgspec.Struct, frozen=True, kw_only=True):
    """Which posts of a profile."""

    exclude_replies: bool = False
    exclude_reblogs: bool = False
    only_media: bool = False
    tagged: str | None = None


async def public(db: Connection, filter: PublicFilter, page: Page) -> list[PostId]:
    """Public posts that answer nobody else and are no boosts, of accounts that are not limited.

    With languages: those in each of them and those in none are read by index, and the best of all taken.
    """
    source = f"""
        select p.id from posts p join accounts a on a.id = p.account_id
        where p.visibility = 0 and p.reblog_of_id is null
          and not p.answers_others
          {"and p.local" if filter.local else "and not p.local" if filter.remote else ""}
          {WITH_MEDIA if filter.only_media else ""}
          and a.silenced_at is null and a.suspended_at is null
          and p.id < $1 and p.id > $2
    """
    best = f"order by p.id {page.order} limit $3"
    if filter.languages is None:
        rows = await db.all(f"{source} {best}", page.below, page.above, page.limit)
    else:
        rows = await db.all(
            f"""
            select p.id from (
                ({source} and p.language is null {best})
                union all
                select p.id from unnest($4::text[]) as wanted (language)
                cross join lateral ({source} and p.language = wanted.language {best}) p
            ) p {best}
            """,
            page.below,
            page.above,
            page.limit,
            tuple(set(filter.languages)),
        )
    return page.newest_first([row["id"] for row in rows])


async def tag(db: Connection, filter: TagFilter, page: Page) -> list[PostId]:
    """Public posts with hashtags, of accounts that are not limited.

    Those of each wanted hashtag are read by index, and the best of all taken.
    """
    rows = await db.all(
        f"""
        select distinct found.post_id as id
        from tags cross join lateral (
            select pt.post_id
            from post_tags pt join posts p on p.id = pt.post_id join accounts a on a.id = p.account_id
            where pt.tag_id = tags.id and p.visibility = 0
              {"and p.local" if filter.local else "and not p.local" if filter.remote else ""}
              {WITH_MEDIA if filter.only_media else ""}
              and a.silenced_at is null and a.suspended_at is null
              and (select count(*) from post_tags x join tags t on t.id = x.tag_id
                   where x.post_id = p.id and t.name = any($2::text[])) = cardinality($2::text[])
              and not exists (select from post_tags x join tags t on t.id = x.tag_id
                              where x.post_id = p.id and t.name = any($3::text[]))
              and pt.post_id < $4 and pt.post_id > $5
            order by pt.post_id {page.order} limit $6
        ) found
        where tags.name = any($1::text[])
        order by id {page.order} limit $6
        """,
        filter.any,
        filter.all,
        filter.none,
        page.below,
        page.above,
        page.limit,
    )
    return page.newest_first([row["id"] for row in rows])


async def profile(
    db: Connection, author: AccountId, viewer: AccountId | None, filter: ProfileFilter, page: Page
) -> list[PostId]:
    """The posts of an account that this viewer may see; not what it boosted of people the viewer mutes or blocks."""
    rows = await db.all(
        f"""
        select p.id from posts p
        where p.account_id = $1
          and (p.visibility < 2 or $2 = p.account_id
               or (p.visibility = 2 and exists (select from follows where account_id = $2 and target_id = $1))
               or exists (select from mentions m where m.post_id = p.id and m.account_id = $2 offset 0))
          {"and not p.answers_others" if filter.exclude_replies else ""}
          {"and p.reblog_of_id is null" if filter.exclude_reblogs else ""}
          and (p.reblog_of_id is null or $2::bigint is null or $2 = p.account_id or not exists (
                select from posts o where o.id = p.reblog_of_id and exists (
                    select from blocks where account_id = $2 and target_id = o.account_id
                    union all select from mutes where account_id = $2 and target_id = o.account_id)))
          {WITH_MEDIA if filter.only_media else ""}
          and ($6::text is null or exists (
                select from post_tags pt join tags t on t.id = pt.tag_id where pt.post_id = p.id and t.name = $6))
          and p.id < $3 and p.id > $4
        order by p.id {page.order} limit $5
        """,
        author,
        viewer,
        page.below,
        page.above,
        page.limit,
        filter.tagged,
    )
    return page.newest_first([row["id"] for row in rows])


async def boosted_by(
    db: Connection, post: PostId, page: Page, *, viewer: AccountId | None = None
) -> list[tuple[PostId, AccountId]]:
    """Who boosted a post for all to see: the boost, which is the cursor, and the account.

    Without those with whom the viewer has nothing to do.
    """
    rows = await db.all(
        f"""
        select p.id, p.account_id from posts p join accounts a on a.id = p.account_id
        where p.reblog_of_id = $1 and p.visibility < 2 and p.id < $2 and p.id > $3 and a.suspended_at is null
          and ($5::bigint is null or not exists (
                select from blocks b where b.account_id = $5 and b.target_id = a.id
                union all select from blocks b where b.account_id = a.id and b.target_id = $5
                union all select from mutes m where m.account_id = $5 and m.target_id = a.id))
        order by p.id {page.order} limit $4
        """,
        post,
        page.below,
        page.above,
        page.limit,
        viewer,
    )
    return page.newest_first([(row["id"], row["account_id"]) for row in rows])


async def thread(
    db: Connection, post: PostId, *, above: int, below: int, depth: int
) -> tuple[list[PostId], list[PostId]]:
    """What a post answers, oldest first, and what answers it, each answer after what it answers.

    At most `above` ancestors and `below` descendants down to `depth` levels. Siblings by age, but the author's own
    answers to themselves first.
    """
    row = await db.one(
        """
        with recursive up (id, in_reply_to_id, step) as (
            select id, in_reply_to_id, 0 from posts where id = $1
            union all
            select p.id, p.in_reply_to_id, step + 1 from posts p join up on p.id = up.in_reply_to_id where step < $2
        ), down (id, account_id, path, step) as (
            select id, account_id, array[]::bigint[], 0 from posts where id = $1
            union all
            select p.id, p.account_id, path || (p.account_id <> down.account_id)::integer::bigint || p.id, step + 1
            from posts p join down on p.in_reply_to_id = down.id where step < $3
        )
        select array(select id from up where step > 0 order by step desc) as above,
               array(select id from down where step > 0 order by path limit $4) as below
        """,
        post,
        above,
        depth,
        below,
    )
    assert row is not None
    return row["above"], row["below"]
