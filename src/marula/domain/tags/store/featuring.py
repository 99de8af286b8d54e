"""The SQL of hashtags on profiles, and of how much their owners wrote with them."""

from collections.abc import Sequence
from datetime import datetime

from marula.base.db import Connection, Row, Tx
from marula.base.kernel.ids import AccountId, FeaturedTagId, TagId
from marula.domain.tags.types import FeaturedTag, Tag

RECENT = 1000
"""Posts of somebody in which their recent hashtags are looked for."""

_FEATURED = """
    select f.id, f.account_id, a.username, a.domain, f.tag_id, t.name, f.display_name, f.statuses_count,
           f.last_status_at
    from featured_tags f join tags t on t.id = f.tag_id join accounts a on a.id = f.account_id
"""


def _featured(row: Row) -> FeaturedTag:
    return FeaturedTag(**dict(row))


async def of_account(db: Connection, who: AccountId) -> list[FeaturedTag]:
    """The hashtags on a profile, the most used first."""
    rows = await db.all(f"{_FEATURED} where f.account_id = $1 order by f.statuses_count desc, f.id", who)
    return [_featured(row) for row in rows]


async def featured(db: Connection, who: AccountId, tag: TagId) -> FeaturedTag | None:
    """A hashtag on a profile."""
    row = await db.one(f"{_FEATURED} where f.account_id = $1 and f.tag_id = $2", who, tag)
    return None if row is None else _featured(row)


async def hold(tx: Tx, who: AccountId) -> None:
    """Keep somebody from publishing and from changing their profile until the transaction ends.

    A post refers to its author's account, so its writer waits for this, and this waits for posts being written.
    """
    await tx.run("select from accounts where id = $1 for update", who)


async def count(db: Connection, who: AccountId) -> int:
    """How many hashtags are on a profile."""
    return await db.value("select count(*) from featured_tags where account_id = $1", who)


async def insert(tx: Tx, who: AccountId, tag: TagId, display_name: str) -> FeaturedTagId:
    """Put a hashtag on a profile that is not on it, with the number and the time of the public posts so far."""
    return await tx.value(
        """
        insert into featured_tags (account_id, tag_id, display_name, statuses_count, last_status_at, created_at)
        select $1, $2, $3, count(*), max(p.created_at), $4
        from post_tags x join posts p on p.id = x.post_id
        where x.tag_id = $2 and p.account_id = $1 and p.visibility < 2
        returning id
        """,
        who,
        tag,
        display_name,
        tx.now,
    )


async def delete(tx: Tx, who: AccountId, featured: FeaturedTagId) -> TagId | None:
    """Take a hashtag off a profile; which one it was."""
    return await tx.value("delete from featured_tags where account_id = $1 and id = $2 returning tag_id", who, featured)


async def count_use(tx: Tx, author: AccountId, gained: Sequence[str], lost: Sequence[str], at: datetime) -> None:
    """Count that a post of that moment has these hashtags, and has those no longer.

    The rows are locked in one order, so that two of these cannot block each other.
    """
    await tx.run(
        """
        with concerned as (
            select f.id, t.name = any($2::text[]) as gained from featured_tags f join tags t on t.id = f.tag_id
            where f.account_id = $1 and t.name = any($2::text[] || $3::text[]) order by f.id for no key update of f
        )
        update featured_tags f
        set statuses_count = greatest(0, statuses_count + case when gained then 1 else -1 end),
            last_status_at = case
                when gained then greatest(last_status_at, $4)
                else (select max(p.created_at) from post_tags x join posts p on p.id = x.post_id
                      where x.tag_id = f.tag_id and p.account_id = f.account_id and p.visibility < 2)
            end
        from concerned where f.id = concerned.id
        """,
        author,
        gained,
        lost,
        at,
    )


async def recently_used(db: Connection, who: AccountId, limit: int) -> list[Tag]:
    """The hashtags that somebody used most in their recent posts and does not feature, the most used first."""
    rows = await db.all(
        """
        select t.id, t.name, t.display_name, t.created_at
        from (select id from posts where account_id = $1 order by id desc limit $2) recent
        join post_tags x on x.post_id = recent.id join tags t on t.id = x.tag_id
        where not exists (select from featured_tags f where f.account_id = $1 and f.tag_id = t.id)
        group by t.id order by count(*) desc, t.id limit $3
        """,
        who,
        RECENT,
        limit,
    )
    return [Tag(**dict(row)) for row in rows]
