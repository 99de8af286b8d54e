"""The SQL of links in posts."""

from collections.abc import Sequence

from marula.base.db import Connection, Tx
from marula.base.kernel.ids import LinkId, PostId
from marula.base.kernel.paging import Page
from marula.domain import cards


async def put(tx: Tx, linked: Sequence[tuple[PostId, str]], posts: Sequence[PostId]) -> None:
    """Write which of these posts link to what, and that they link to nothing else.

    Costs: two statements; two more when there are links.
    """
    urls = sorted({url for _, url in linked})
    if urls:
        await cards.know(tx, urls)
    await tx.run(
        """
        delete from post_links x using links l
        where x.link_id = l.id and x.post_id = any($1::bigint[])
          and (x.post_id, l.url) not in (select * from unnest($2::bigint[], $3::text[]))
        """,
        posts,
        [post for post, _ in linked],
        [url for _, url in linked],
    )
    if urls:
        await tx.run(
            """
            insert into post_links (post_id, link_id)
            select post_id, l.id from unnest($1::bigint[], $2::text[]) as wanted (post_id, url)
            join links l on l.url = wanted.url on conflict do nothing
            """,
            [post for post, _ in linked],
            [url for _, url in linked],
        )


async def trending(db: Connection, url: str, *, by_default: bool) -> LinkId | None:
    """The link that trends with this address, when moderators, or the site in their stead, let it."""
    return await db.value(
        """
        select l.id from links l join trending_links t on t.id = l.id
        where l.url = $1 and t.score > 0 and coalesce(t.trendable, $2)
        """,
        url,
        by_default,
    )


async def posts(db: Connection, link: LinkId, page: Page, *, local: bool, remote: bool) -> list[PostId]:
    """The public posts with a link, of people who want to be found by strangers and are not limited.

    `local`, `remote`: whether posts of this server, and of others, are wanted.
    """
    rows = await db.all(
        f"""
        select x.post_id from post_links x join posts p on p.id = x.post_id join accounts a on a.id = p.account_id
        where x.link_id = $1 and x.post_id < $2 and x.post_id > $3 and p.visibility = 0
          and (p.local and $5::boolean or not p.local and $6::boolean)
          and a.discoverable and a.silenced_at is null and a.suspended_at is null
        order by x.post_id {page.order} limit $4
        """,
        link,
        page.below,
        page.above,
        page.limit,
        local,
        remote,
    )
    return page.newest_first([row["post_id"] for row in rows])


async def forget_unused(tx: Tx, most: int) -> int:
    """Remove links that no post has any more and that are not trending; how many, of so many that were looked at."""
    rows = await tx.all(
        """
        select l.id from links l where not exists (select from post_links x where x.link_id = l.id)
          and not exists (select from post_cards x where x.link_id = l.id)
          and not exists (select from trending_links t where t.id = l.id) and l.created_at < $2
        limit $1
        """,
        most,
        tx.now,
    )
    await cards.forget(tx, [row["id"] for row in rows])
    return len(rows)
