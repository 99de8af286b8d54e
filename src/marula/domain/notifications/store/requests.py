"""The SQL of requests: accounts whose notifications a policy holds back. One of which nothing is left is none."""

from collections.abc import Sequence

from marula.base.db import Connection, Tx
from marula.base.kernel.ids import AccountId, NotificationRequestId
from marula.base.kernel.paging import Page
from marula.domain.notifications.rules import MOST_COUNTED
from marula.domain.notifications.types import Request

_SELECT = f"""
    select r.id, r.account_id, r.from_id, r.last_post_id, r.created_at, r.updated_at, c.count
    from notification_requests r join accounts a on a.id = r.from_id and a.suspended_at is null
    cross join lateral (
        select count(*) from (
            select from notifications n where n.account_id = r.account_id and n.from_id = r.from_id and n.filtered
            limit {MOST_COUNTED}
        ) counted
    ) c
    where r.account_id = $1 and c.count > 0
"""


async def page_of_requests(db: Connection, account: AccountId, page: Page) -> list[Request]:
    """Who waits to be heard, the latest first.

    Spec: Mastodon documentation, methods/notifications (get-requests)
    """
    rows = await db.all(
        f"{_SELECT} and r.id < $2 and r.id > $3 order by r.id {page.order} limit $4",
        account,
        page.below,
        page.above,
        page.limit,
    )
    return page.newest_first([Request(**dict(row)) for row in rows])


async def request(db: Connection, account: AccountId, identifier: NotificationRequestId) -> Request | None:
    """One of somebody's requests."""
    row = await db.one(f"{_SELECT} and r.id = $2", account, identifier)
    return None if row is None else Request(**dict(row))


async def take(tx: Tx, account: AccountId, ids: Sequence[NotificationRequestId]) -> list[tuple[AccountId, int]]:
    """Remove these requests: of each its account, and the newest notification that is held back."""
    rows = await tx.all(
        """
        delete from notification_requests r where r.account_id = $1 and r.id = any($2)
        returning r.from_id, coalesce((
            select n.id from notifications n where n.account_id = $1 and n.from_id = r.from_id and n.filtered
            order by n.id desc limit 1), 0) as newest
        """,
        account,
        ids,
    )
    return [(row["from_id"], row["newest"]) for row in rows]


async def permit(tx: Tx, account: AccountId, sources: Sequence[AccountId]) -> None:
    """Never hold back these accounts again, and note that what was held back is to be merged."""
    await tx.run(
        """
        insert into notification_permissions (account_id, from_id, merged)
        select $1, source, false from unnest($2::bigint[]) source
        on conflict (account_id, from_id) do update set merged = false
        """,
        account,
        sources,
    )


async def merge(tx: Tx, account: AccountId, source: AccountId, batch: int) -> bool:
    """Bring a batch of what was held back of an account among the others; whether more may be left."""
    moved = await tx.run(
        """
        update notifications set filtered = false where id in (
            select id from notifications where account_id = $1 and from_id = $2 and filtered order by id limit $3)
        """,
        account,
        source,
        batch,
    )
    return moved == batch


async def end_merge(tx: Tx, account: AccountId, source: AccountId) -> bool:
    """Note that the merge is done; whether it was the last of somebody's."""
    ended = await tx.run(
        "update notification_permissions set merged = true where account_id = $1 and from_id = $2 and not merged",
        account,
        source,
    )
    return ended == 1 and await merged(tx, account)


async def merged(db: Connection, account: AccountId) -> bool:
    """Whether nothing of what somebody accepted is still to be merged."""
    return await db.value(
        "select not exists (select from notification_permissions where account_id = $1 and not merged)", account
    )


async def discard(tx: Tx, account: AccountId, source: AccountId, upto: int, batch: int) -> bool:
    """Remove a batch of what was held back of an account, no newer than `upto`; whether more may be left."""
    gone = await tx.run(
        """
        delete from notifications where id in (
            select id from notifications where account_id = $1 and from_id = $2 and filtered and id <= $3
            order by id limit $4)
        """,
        account,
        source,
        upto,
        batch,
    )
    return gone == batch


async def clear(tx: Tx, account: AccountId) -> None:
    """Remove all requests of somebody."""
    await tx.run("delete from notification_requests where account_id = $1", account)
