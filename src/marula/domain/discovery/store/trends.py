"""The SQL of trends: what is used, what it is worth, and what moderators said of it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal, TypeAlias

from marula.base.db import Connection, Tx
from marula.base.kernel import ids
from marula.base.kernel.ids import AccountId, PostId
from marula.domain.discovery.store.conditions import APART
from marula.domain.discovery.trending import POST_MOST_AGE, POST_THRESHOLD, post_score
from marula.domain.discovery.types import Link, Peak, Popular, Trend, Trending, Uses
from marula.domain.tags import Tag

Used: TypeAlias = Literal["tags", "links"]

_USES: dict[Used, tuple[str, str]] = {"tags": ("post_tags", "tag_id"), "links": ("post_links", "link_id")}

OPEN = "a.discoverable and a.silenced_at is null and a.suspended_at is null"
"""The author wants to be found by strangers, and may be."""

NOTE = "coalesce(t.trendable, {default})"
"""Moderators, or the site in their stead, let it trend."""


async def uses(db: Connection, what: Used, today: datetime, yesterday: datetime, least: int) -> list[Uses]:
    """The people who used hashtags or links in public since these midnights.

    Of what at least `least` used today, or what trends until now.
    Costs: one statement, which reads the posts of these two days.
    """
    table, column = _USES[what]
    rows = await db.all(
        f"""
        with used as (
            select x.{column} as id, count(distinct p.account_id) filter (where p.id >= $1) as today,
                   count(distinct p.account_id) filter (where p.id < $1) as yesterday
            from {table} x join posts p on p.id = x.post_id join accounts a on a.id = p.account_id
            where x.post_id >= $2 and p.visibility = 0 and p.reblog_of_id is null and {OPEN}
            group by 1
        )
        select coalesce(u.id, t.id) as id, coalesce(u.today, 0) as today, coalesce(u.yesterday, 0) as yesterday,
               t.peak, t.peak_at
        from (select * from used where today >= $3) u
        full join (select * from trending_{what} where score > 0) t on t.id = u.id
        """,
        ids.at(today),
        ids.at(yesterday),
        least,
    )
    return [
        Uses(
            id=row["id"],
            today=row["today"],
            yesterday=row["yesterday"],
            peak=None if row["peak_at"] is None else Peak(row["peak"], row["peak_at"]),
        )
        for row in rows
    ]


async def put(tx: Tx, what: Used, trends: Sequence[Trend]) -> None:
    """Write what these are worth now."""
    await tx.run(
        f"""
        insert into trending_{what} as t (id, score, peak, peak_at)
        select * from unnest($1::bigint[], $2::float8[], $3::float8[], $4::timestamptz[])
        on conflict (id) do update set score = excluded.score, peak = excluded.peak, peak_at = excluded.peak_at
        where (t.score, t.peak, t.peak_at) is distinct from (excluded.score, excluded.peak, excluded.peak_at)
        """,
        [trend.id for trend in trends],
        [trend.score for trend in trends],
        [trend.peak.score for trend in trends],
        [trend.peak.at for trend in trends],
    )


async def refresh_posts(tx: Tx) -> None:
    """Score the posts of the last day: public, no answers, with a language, without a warning, of open people.

    Costs: two statements, the first of which reads the posts of a day.
    """
    rows = await tx.all(
        f"""
        select p.id, s.reblogs_count + s.favourites_count as marks, p.created_at
        from posts p join post_stats s on s.post_id = p.id join accounts a on a.id = p.account_id
        where p.id >= $1 and s.reblogs_count + s.favourites_count >= $2 and p.visibility = 0
          and p.reblog_of_id is null and p.in_reply_to_id is null and not p.sensitive and p.spoiler_text = ''
          and p.language is not null and a.sensitized_at is null and {OPEN}
        """,
        ids.at(tx.now - POST_MOST_AGE),
        POST_THRESHOLD,
    )
    scored = [(row["id"], post_score(row["marks"], row["created_at"], tx.now)) for row in rows]
    kept = [(post, score) for post, score in scored if score > 0]
    await tx.run(
        """
        with scored as (
            select * from unnest($1::bigint[], $2::float8[]) as s (id, score)
        ), over as (
            update trending_posts t set score = 0 where score > 0 and id <> all ($1::bigint[])
        )
        insert into trending_posts as t (id, score) select id, score from scored
        on conflict (id) do update set score = excluded.score
        """,
        [post for post, _ in kept],
        [score for _, score in kept],
    )


async def want_review(tx: Tx, what: Trending, best: int) -> list[int]:
    """Note that the best few of those that nobody has reviewed should be; those for which that is new."""
    rows = await tx.all(
        f"""
        update trending_{what} set review_wanted_at = $2
        where review_wanted_at is null and id in (
            select id from trending_{what} where score > 0 and reviewed_at is null order by score desc, id limit $1)
        returning id
        """,
        best,
        tx.now,
    )
    return [row["id"] for row in rows]


async def forget(tx: Tx, what: Trending) -> None:
    """Remove what trends no longer and was never reviewed."""
    await tx.run(f"delete from trending_{what} where score = 0 and reviewed_at is null")


async def review(tx: Tx, what: Trending, one: int, trendable: bool) -> bool:
    """Keep what a moderator said. Says whether there is such a thing."""
    return (
        await tx.run(
            f"""
            insert into trending_{what} as t (id, score, trendable, reviewed_at)
            select id, 0, $2, $3 from {what} where id = $1
            on conflict (id) do update set trendable = excluded.trendable, reviewed_at = excluded.reviewed_at
            """,
            one,
            trendable,
            tx.now,
        )
        == 1
    )


_SHOWN: dict[Trending, str] = {
    "tags": "select id, display_name as shown from tags",
    "links": "select id, url as shown from links",
    "posts": "select p.id, '@' || a.username || coalesce('@' || a.domain, '') || ': ' || left(p.text, 60) as shown "
    "from posts p join accounts a on a.id = p.account_id",
}


async def popular(db: Connection, what: Trending, most: int) -> list[Popular]:
    """What is popular now, whatever moderators said of it, the best first."""
    rows = await db.all(
        f"""
        select t.id, s.shown, t.score, t.trendable from trending_{what} t join ({_SHOWN[what]}) s on s.id = t.id
        where t.score > 0 order by t.score desc, t.id limit $1
        """,
        most,
    )
    return [Popular(*row) for row in rows]


async def trending_tags(db: Connection, *, by_default: bool, limit: int, offset: int) -> list[Tag]:
    """The hashtags that trend, the best first."""
    rows = await db.all(
        f"""
        select g.id, g.name, g.display_name, g.created_at from trending_tags t join tags g on g.id = t.id
        where t.score > 0 and {NOTE.format(default="$1")} order by t.score desc, t.id limit $2 offset $3
        """,
        by_default,
        limit,
        offset,
    )
    return [Tag(**dict(row)) for row in rows]


async def trending_links(db: Connection, *, by_default: bool, limit: int, offset: int) -> list[Link]:
    """The links that trend and of which one knows what is behind them, the best first."""
    rows = await db.all(
        f"""
        select l.id, l.url from trending_links t join links l on l.id = t.id
        where t.score > 0 and {NOTE.format(default="$1")} and l.card is not null
        order by t.score desc, t.id limit $2 offset $3
        """,
        by_default,
        limit,
        offset,
    )
    return [Link(id=row["id"], url=row["url"]) for row in rows]


async def trending_posts(
    db: Connection,
    viewer: AccountId | None,
    languages: Sequence[str],
    *,
    by_default: bool,
    limit: int,
    offset: int,
) -> list[PostId]:
    """The posts that trend, those in these languages first, without those of whom the viewer wants to see nothing."""
    rows = await db.all(
        f"""
        select t.id from trending_posts t join posts p on p.id = t.id join accounts a on a.id = p.account_id
        where t.score > 0 and {NOTE.format(default="$1")} and p.visibility = 0 and {OPEN}
          and ($4::bigint is null or not {APART.format(viewer="$4", other="a.id")})
        order by coalesce(split_part(p.language, '-', 1) = any($5::text[]), false) desc, t.score desc, t.id
        limit $2 offset $3
        """,
        by_default,
        limit,
        offset,
        viewer,
        languages,
    )
    return [row["id"] for row in rows]


async def link_uses(db: Connection, links: Sequence[int], since: int) -> list[tuple[int, datetime, int, int]]:
    """How links were used in public by day: link, midnight in UTC, uses, people.

    Takes: `since`, the smallest post id that counts.
    """
    rows = await db.all(
        """
        select x.link_id, date_trunc('day', p.created_at, 'UTC') as day, count(*) as uses,
               count(distinct p.account_id) as accounts
        from post_links x join posts p on p.id = x.post_id
        where x.link_id = any($1::bigint[]) and x.post_id >= $2 and p.visibility = 0 group by 1, 2
        """,
        links,
        since,
    )
    return [(row["link_id"], row["day"], row["uses"], row["accounts"]) for row in rows]
