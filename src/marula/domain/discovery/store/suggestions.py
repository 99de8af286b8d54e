"""The SQL of suggestions: whom somebody could follow.

What is the same for everybody, who is followed and noticed most, is kept by a timer; the rest is asked at each reading,
of only so many follows that it costs everybody the same.
"""

from collections.abc import Sequence

from marula.base.db import Connection, Tx
from marula.base.kernel.ids import AccountId
from marula.domain.discovery.store.conditions import APART, SHOWN
from marula.domain.discovery.types import Suggested, SuggestionSource

KEPT = 200
"""Accounts that each source gives at most."""

_ORDER: tuple[SuggestionSource, ...] = (
    "featured",
    "friends_of_friends",
    "similar_to_recently_followed",
    "most_followed",
    "most_interactions",
)
"""The source that comes first gives the accounts that come first."""

_FOLLOWED = "exists (select from follows f where f.account_id = $1 and f.target_id = {who})"

_SOURCES = f"""
    select id, 'featured' as source, row_number() over (order by place) as place
    from unnest($2::bigint[]) with ordinality as chosen (id, place)
    union all
    select id, 'friends_of_friends', row_number() over (order by friends desc, id) from (
        select theirs.target_id as id, count(*) as friends
        from (
            select f.target_id from follows f join accounts a on a.id = f.target_id
            where f.account_id = $1 and a.hide_collections is not true order by f.id desc limit 200
        ) friend cross join lateral (
            select target_id from follows where account_id = friend.target_id order by id desc limit 200
        ) theirs
        where not {_FOLLOWED.format(who="theirs.target_id")}
        group by 1 having count(*) > 1 order by friends desc, id limit {KEPT}
    ) found
    union all
    select id, 'similar_to_recently_followed', row_number() over (order by fans desc, id) from (
        select also.target_id as id, count(distinct fan.account_id) as fans
        from (select target_id from follows where account_id = $1 order by id desc limit 5) recent
        cross join lateral (
            select f.account_id from follows f join accounts a on a.id = f.account_id
            where f.target_id = recent.target_id and f.account_id <> $1 and a.hide_collections is not true
            order by f.id desc limit 50
        ) fan cross join lateral (
            select target_id from follows where account_id = fan.account_id order by id desc limit 50
        ) also
        where not {_FOLLOWED.format(who="also.target_id")}
        group by 1 having count(distinct fan.account_id) > 1 order by fans desc, id limit {KEPT}
    ) found
    union all
    select account_id, source, row_number() over (partition by source order by score desc, account_id) from suggested
"""


async def suggestions(
    db: Connection, who: AccountId, featured: Sequence[AccountId], *, limit: int, offset: int
) -> list[Suggested]:
    """Accounts that somebody could follow, with the reasons; chosen by the site first, then by their friends.

    Without those they follow, asked to follow, dismissed, or want nothing to do with.
    Costs: one statement, which reads at most 60,000 follows on their indexes.
    """
    rows = await db.all(
        f"""
        select c.id, array_agg(c.source order by array_position($3::text[], c.source)) as sources
        from ({_SOURCES}) c join accounts a on a.id = c.id
        where a.id <> $1 and {SHOWN} and not {_FOLLOWED.format(who="a.id")}
          and not exists (select from follow_requests r where r.account_id = $1 and r.target_id = a.id)
          and not exists (select from dismissed_suggestions d where d.account_id = $1 and d.target_id = a.id)
          and not {APART.format(viewer="$1", other="a.id")}
        group by c.id
        order by min(array_position($3::text[], c.source) * 100000 + c.place), c.id limit $4 offset $5
        """,
        who,
        featured,
        _ORDER,
        limit,
        offset,
    )
    return [Suggested(row["id"], tuple(row["sources"])) for row in rows]


async def dismiss(tx: Tx, who: AccountId, whom: AccountId) -> bool:
    """Never suggest an account to somebody again. Says whether that is new."""
    return (
        await tx.run(
            """
            insert into dismissed_suggestions (account_id, target_id, created_at)
            select $1, id, $3 from accounts where id = $2 on conflict do nothing
            """,
            who,
            whom,
            tx.now,
        )
        == 1
    )


async def refresh(tx: Tx, since: int) -> None:
    """Note who was followed most, and whose posts were answered, shared and liked most, since an id.

    Costs: one statement, which reads the follows and the posts of that time.
    """
    await tx.run(
        f"""
        with followed as (
            select f.target_id as id, count(*)::float8 as score from follows f join accounts a on a.id = f.target_id
            where f.id >= $1 and {SHOWN} group by 1 order by score desc, id limit {KEPT}
        ), noticed as (
            select p.account_id as id, sum(s.replies_count + s.reblogs_count + s.favourites_count)::float8 as score
            from posts p join post_stats s on s.post_id = p.id join accounts a on a.id = p.account_id
            where p.id >= $1 and p.visibility = 0 and p.reblog_of_id is null and {SHOWN}
            group by 1 order by score desc, id limit {KEPT}
        ), best as (
            select 'most_followed' as source, id, score from followed
            union all select 'most_interactions', id, score from noticed where score > 0
        ), gone as (
            delete from suggested s where not exists (
                select from best where best.source = s.source and best.id = s.account_id)
        )
        insert into suggested as s (source, account_id, score) select source, id, score from best
        on conflict (source, account_id) do update set score = excluded.score where s.score <> excluded.score
        """,
        since,
    )
