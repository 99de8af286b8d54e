"""The SQL of following hashtags."""

from collections.abc import Sequence

from marula.base.db import Connection, Row, Tx
from marula.base.kernel.ids import AccountId, TagId
from marula.base.kernel.paging import Page
from marula.domain.tags.types import FollowedTag, Tag


async def follow(tx: Tx, who: AccountId, tag: TagId) -> bool:
    """Write that somebody follows a hashtag. Says whether it is new."""
    written = await tx.run(
        """
        insert into tag_follows (id, account_id, tag_id, created_at) values (marula_id($3), $1, $2, $3)
        on conflict do nothing
        """,
        who,
        tag,
        tx.now,
    )
    return written == 1


async def unfollow(tx: Tx, who: AccountId, tag: TagId) -> bool:
    """End it. Says whether there was anything to end."""
    return await tx.run("delete from tag_follows where account_id = $1 and tag_id = $2", who, tag) == 1


async def followers_among(db: Connection, names: Sequence[str], accounts: Sequence[AccountId]) -> list[AccountId]:
    """Those of these accounts that follow one of these hashtags."""
    rows = await db.all(
        """
        select distinct f.account_id from tags t join tag_follows f on f.tag_id = t.id
        where t.name = any($1::text[]) and f.account_id = any($2::bigint[])
        """,
        names,
        accounts,
    )
    return [row["account_id"] for row in rows]


async def followed(db: Connection, who: AccountId, page: Page) -> list[FollowedTag]:
    """The hashtags that somebody follows, the latest first."""
    rows = await db.all(
        f"""
        select f.id as cursor, t.id, t.name, t.display_name, t.created_at
        from tag_follows f join tags t on t.id = f.tag_id
        where f.account_id = $1 and f.id < $2 and f.id > $3 order by f.id {page.order} limit $4
        """,
        who,
        page.below,
        page.above,
        page.limit,
    )
    return page.newest_first([_entry(row) for row in rows])


def _entry(row: Row) -> FollowedTag:
    values = dict(row)
    return FollowedTag(values.pop("cursor"), Tag(**values))


async def standing(db: Connection, who: AccountId, tags: Sequence[TagId]) -> tuple[set[TagId], set[TagId]]:
    """Those of these hashtags that somebody follows, and those that are on their profile.

    Costs: one statement.
    """
    rows = await db.all(
        """
        select t.id,
               exists (select from tag_follows f where f.account_id = $1 and f.tag_id = t.id) as followed,
               exists (select from featured_tags f where f.account_id = $1 and f.tag_id = t.id) as featured
        from unnest($2::bigint[]) as t (id)
        """,
        who,
        tags,
    )
    return {row["id"] for row in rows if row["followed"]}, {row["id"] for row in rows if row["featured"]}
