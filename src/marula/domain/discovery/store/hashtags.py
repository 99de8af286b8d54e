"""The SQL of searching hashtags."""

from marula.base.db import Connection
from marula.domain.tags import Tag

CANDIDATES = 100
COUNTED = 50


async def starting(db: Connection, beginning: str, since: int, *, reviewed: bool, limit: int, offset: int) -> list[Tag]:
    """Hashtags whose normalised name begins like this: that very one first, then those used most in public posts.

    Takes: `since`, the smallest post id that counts. `reviewed`: only what moderators have seen.
    Costs: one statement, on indexes: the shortest so many names are compared, of each so many posts counted.
    """
    rows = await db.all(
        f"""
        select t.id, t.name, t.display_name, t.created_at from (
            select * from tags g where g.name ~>=~ $1 and g.name ~<~ ($1 || chr(1114111))
              and (not $3::boolean or exists (
                  select from trending_tags r where r.id = g.id and r.reviewed_at is not null))
            order by length(g.name), g.name limit greatest({CANDIDATES}, $4::bigint + $5::bigint)
        ) t cross join lateral (
            select count(*) as uses from (
                select from post_tags x join posts p on p.id = x.post_id
                where x.tag_id = t.id and x.post_id >= $2 and p.visibility = 0 limit {COUNTED}
            ) counted
        ) used
        order by t.name = $1 desc, used.uses desc, length(t.name), t.name limit $4 offset $5
        """,
        beginning,
        since,
        reviewed,
        limit,
        offset,
    )
    return [Tag(**dict(row)) for row in rows]
