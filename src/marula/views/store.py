"""The SQL of reading for display. It joins across features; it never writes."""

from collections.abc import Sequence

from marula.base.db import Connection, Row
from marula.base.kernel.ids import AccountId, PostId, TagId


async def sighted(db: Connection, viewer: AccountId | None, posts: Sequence[PostId]) -> dict[int, Row]:
    """What is needed to judge these posts, and the posts they boost, and to fill their holes; by post id.

    Of the post: author, version, visibility, counters. Of the author: version, standing, counters. Of the viewer:
    what they did with the post and what stands between them and its author.

    Costs: one statement, whatever the number of posts.
    """
    rows = await db.all(
        """
        with wanted as (
            select id from unnest($1::bigint[]) as id
            union
            select reblog_of_id from posts where id = any($1::bigint[]) and reblog_of_id is not null
        )
        select p.id, p.account_id, p.version, p.visibility, p.reblog_of_id, p.conversation_id,
               s.replies_count, s.reblogs_count, s.favourites_count,
               a.version as author_version, a.suspended_at is not null as author_suspended,
               c.followers_count, c.following_count, c.statuses_count, c.last_status_at,
               polls.id as poll_id,
               f.id is not null as favourited, b.id is not null as bookmarked, n.id is not null as pinned,
               r.id is not null as reblogged, t.account_id is not null as thread_muted,
               m.post_id is not null as mentioned, fo.id is not null as follows,
               bl.id is not null as blocks, bd.id is not null as blocked_by,
               mu.id is not null as mutes
        from wanted
        join posts p on p.id = wanted.id
        join post_stats s on s.post_id = p.id
        join accounts a on a.id = p.account_id
        join account_stats c on c.account_id = p.account_id
        left join polls on polls.post_id = p.id
        left join favourites f on f.account_id = $2 and f.post_id = p.id
        left join bookmarks b on b.account_id = $2 and b.post_id = p.id
        left join pins n on n.account_id = $2 and n.post_id = p.id
        left join posts r on r.account_id = $2 and r.reblog_of_id = p.id
        left join thread_mutes t on t.account_id = $2 and t.conversation_id = p.conversation_id
        left join mentions m on m.account_id = $2 and m.post_id = p.id
        left join follows fo on fo.account_id = $2 and fo.target_id = p.account_id
        left join blocks bl on bl.account_id = $2 and bl.target_id = p.account_id
        left join blocks bd on bd.account_id = p.account_id and bd.target_id = $2
        left join mutes mu on mu.account_id = $2 and mu.target_id = p.account_id
        """,
        posts,
        viewer,
    )
    return {row["id"]: row for row in rows}


async def bodies(db: Connection, posts: Sequence[PostId]) -> list[Row]:
    """The content of posts: text, links, mentions and hashtags as JSON, the application.

    Costs: one statement.
    """
    return await db.all(
        """
        select p.id, p.version, p.account_id, p.uri, p.url, p.text, p.html, p.spoiler_text, p.language, p.visibility,
               p.sensitive, p.in_reply_to_id, p.in_reply_to_account_id, p.reblog_of_id, p.created_at, p.edited_at,
               p.local, a.username, apps.name as app_name, apps.website as app_website, polls.options as poll_options,
               (select json_agg(json_build_array(m.account_id::text, o.username, o.domain, o.url) order by o.id)
                from mentions m join accounts o on o.id = m.account_id
                where m.post_id = p.id and not m.silent)::text as mentions,
               (select array_agg(t.name order by t.name)
                from post_tags x join tags t on t.id = x.tag_id where x.post_id = p.id) as tags
        from posts p join accounts a on a.id = p.account_id
        left join apps on apps.id = p.app_id left join polls on polls.post_id = p.id
        where p.id = any($1::bigint[])
        """,
        posts,
    )


async def polls(db: Connection, viewer: AccountId | None, posts: Sequence[PostId]) -> list[Row]:
    """The polls of posts, with the viewer's choices (None when they did not vote).

    Costs: one statement.
    """
    return await db.all(
        """
        select polls.id, polls.post_id, posts.account_id, options, tallies, voters_count, multiple, hide_totals,
               polls.expires_at,
               (select array_agg(choice order by choice) from poll_votes v
                where v.poll_id = polls.id and v.account_id = $2) as chosen
        from polls join posts on posts.id = polls.post_id where polls.post_id = any($1::bigint[])
        """,
        posts,
        viewer,
    )


async def versions(db: Connection, accounts: Sequence[AccountId]) -> dict[int, Row]:
    """Of accounts: version, suspension and counters, by id.

    Costs: one statement.
    """
    rows = await db.all(
        """
        select a.id, a.version as author_version, c.followers_count, c.following_count, c.statuses_count,
               c.last_status_at
        from accounts a join account_stats c on c.account_id = a.id where a.id = any($1::bigint[])
        """,
        accounts,
    )
    return {row["id"]: row for row in rows}


async def profiles(db: Connection, accounts: Sequence[AccountId]) -> list[Row]:
    """The content of accounts, and the badge of those that have one.

    Costs: one statement.
    """
    return await db.all(
        """
        select a.*, r.id as role_id, r.name as role_name, r.color as role_color,
               coalesce((u.preferences ->> 'noindex')::boolean, false) as noindex
        from accounts a left join users u on u.account_id = a.id
        left join roles r on r.id = u.role_id and r.highlighted
        where a.id = any($1::bigint[])
        """,
        accounts,
    )


async def usage(db: Connection, tags: Sequence[TagId], since: int) -> list[Row]:
    """How hashtags were used in public by day: tag_id, day (a date in UTC), uses, accounts.

    Takes: `since`, the smallest post id that counts.

    Costs: one statement.
    """
    return await db.all(
        """
        select x.tag_id, (p.created_at at time zone 'utc')::date as day, count(*) as uses,
               count(distinct p.account_id) as accounts
        from post_tags x join posts p on p.id = x.post_id
        where x.tag_id = any($1::bigint[]) and x.post_id >= $2 and p.visibility = 0
        group by 1, 2
        """,
        tags,
        since,
    )
