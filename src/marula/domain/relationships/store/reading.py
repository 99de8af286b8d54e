"""The SQL of how accounts stand to one, and of the lists of them."""

from collections.abc import Sequence
from typing import Literal

from marula.base.db import Connection
from marula.base.kernel.ids import AccountId
from marula.base.kernel.paging import Page
from marula.domain.relationships.store.follows import with_languages
from marula.domain.relationships.types import Listed, Standing


async def relationships(db: Connection, viewer: AccountId, ids: Sequence[AccountId]) -> list[Standing]:
    """How a viewer stands to these accounts, in their order; accounts that do not exist are left out.

    Costs: one statement.
    Spec: Mastodon documentation, entities/Relationship
    """
    rows = await db.all(
        """
        select a.id,
               f.id is not null as following,
               coalesce(f.show_reblogs, r.show_reblogs, false) as showing_reblogs,
               coalesce(f.notify, r.notify, false) as notifying,
               coalesce(f.languages, r.languages) as languages,
               exists (select from follows where account_id = a.id and target_id = $1) as followed_by,
               exists (select from blocks where account_id = $1 and target_id = a.id) as blocking,
               exists (select from blocks where account_id = a.id and target_id = $1) as blocked_by,
               m.id is not null as muting,
               coalesce(m.hide_notifications, false) as muting_notifications,
               m.expires_at as muting_expires_at,
               r.id is not null as requested,
               exists (select from follow_requests where account_id = a.id and target_id = $1) as requested_by,
               a.domain is not null and exists (
                   select from account_domain_blocks d where d.account_id = $1 and d.domain = a.domain
               ) as domain_blocking,
               exists (select from endorsements where account_id = $1 and target_id = a.id) as endorsed,
               coalesce(n.comment, '') as note
        from unnest($2::bigint[]) with ordinality as wanted (id, place)
        join accounts a on a.id = wanted.id
        left join follows f on f.account_id = $1 and f.target_id = a.id
        left join follow_requests r on r.account_id = $1 and r.target_id = a.id
        left join mutes m on m.account_id = $1 and m.target_id = a.id
        left join account_notes n on n.account_id = $1 and n.target_id = a.id
        order by wanted.place
        """,
        viewer,
        ids,
    )
    return [Standing(**with_languages(row)) for row in rows]


async def shows_itself(db: Connection, account: AccountId, viewer: AccountId | None) -> bool | None:
    """Whether an account shows its posts and whom it knows: not when suspended, not to whom it blocks.

    None when there is no such account.
    """
    return await db.value(
        """
        select a.suspended_at is null
               and not exists (select from blocks b where b.account_id = a.id and b.target_id = $2)
        from accounts a where a.id = $1
        """,
        account,
        viewer,
    )


async def followers(db: Connection, account: AccountId, page: Page, *, viewer: AccountId | None = None) -> list[Listed]:
    """Who follows an account, the newest first, without those with whom the viewer has nothing to do."""
    return await _page(db, "follows", "target_id", "account_id", account, page, viewer)


async def following(db: Connection, account: AccountId, page: Page, *, viewer: AccountId | None = None) -> list[Listed]:
    """Whom an account follows, the newest first, without those with whom the viewer has nothing to do."""
    return await _page(db, "follows", "account_id", "target_id", account, page, viewer)


async def requests(db: Connection, account: AccountId, page: Page) -> list[Listed]:
    """Who asks to follow an account, the newest first."""
    return await _page(db, "follow_requests", "target_id", "account_id", account, page)


async def blocked(db: Connection, account: AccountId, page: Page) -> list[Listed]:
    """Whom an account blocks, the newest first."""
    return await _page(db, "blocks", "account_id", "target_id", account, page)


async def muted(db: Connection, account: AccountId, page: Page) -> list[Listed]:
    """Whom an account mutes, the newest first, with the time at which the mute runs out."""
    rows = await db.all(
        f"""
        select m.id, m.target_id, m.expires_at from mutes m join accounts a on a.id = m.target_id
        where m.account_id = $1 and m.id < $2 and m.id > $3
          and a.suspended_at is null
        order by m.id {page.order} limit $4
        """,
        account,
        page.below,
        page.above,
        page.limit,
    )
    return page.newest_first([Listed(row["id"], row["target_id"], row["expires_at"]) for row in rows])


async def _page(
    db: Connection,
    table: Literal["follows", "follow_requests", "blocks"],
    mine: str,
    theirs: str,
    account: AccountId,
    page: Page,
    viewer: AccountId | None = None,
) -> list[Listed]:
    rows = await db.all(
        f"""
        select t.id, t.{theirs} as account_id from {table} t join accounts a on a.id = t.{theirs}
        where t.{mine} = $1 and t.id < $2 and t.id > $3 and a.suspended_at is null
          and ($5::bigint is null or $5 = $1 or not exists (
                select from blocks b where b.account_id = $5 and b.target_id = a.id
                union all select from blocks b where b.account_id = a.id and b.target_id = $5
                union all select from mutes m where m.account_id = $5 and m.target_id = a.id))
        order by t.id {page.order} limit $4
        """,
        account,
        page.below,
        page.above,
        page.limit,
        viewer,
    )
    return page.newest_first([Listed(row["id"], row["account_id"]) for row in rows])


async def local_followers(db: Connection, whom: AccountId, after: AccountId, most: int) -> list[AccountId]:
    """People of this server who follow somebody, in the order of their ids after one of them."""
    rows = await db.all(
        """
        select f.account_id from follows f join accounts a on a.id = f.account_id and a.domain is null
        where f.target_id = $1 and f.account_id > $2 order by f.account_id limit $3
        """,
        whom,
        after,
        most,
    )
    return [row["account_id"] for row in rows]


async def averse_to(db: Connection, whom: AccountId, after: AccountId, most: int) -> list[AccountId]:
    """People of this server who block or mute somebody, in the order of their ids after one of them."""
    rows = await db.all(
        """
        select averse.account_id from (
            select account_id from blocks where target_id = $1 union select account_id from mutes where target_id = $1
        ) averse join accounts a on a.id = averse.account_id and a.domain is null
        where averse.account_id > $2 order by averse.account_id limit $3
        """,
        whom,
        after,
        most,
    )
    return [row["account_id"] for row in rows]
