"""The SQL that reads notifications. Those of suspended accounts are never shown."""

from marula.base.db import Connection, Row
from marula.base.kernel.ids import AccountId, NotificationId
from marula.base.kernel.paging import Page
from marula.domain.notifications.rules import ungrouped
from marula.domain.notifications.types import EVERYTHING, Notification, Wanted

_SELECT = """
    select n.id, n.account_id, n.kind, n.from_id, n.post_id, n.cause, n.group_key, n.filtered, n.created_at
    from notifications n join accounts a on a.id = n.from_id
"""
WANTED = """
    n.account_id = $1 and a.suspended_at is null
    and ($2::text[] is null or n.kind = any($2)) and n.kind <> all($3::text[])
    and ($4::bigint is null or n.from_id = $4) and ($5 or not n.filtered)
"""


async def page_of(db: Connection, account: AccountId, page: Page, wanted: Wanted = EVERYTHING) -> list[Notification]:
    """What somebody was told, newest first. What their policy set aside only when asked for, or from one account.

    Spec: Mastodon documentation, methods/notifications (get); GOTCHAS, Notifications and push
    """
    rows = await db.all(
        f"{_SELECT} where {WANTED} and n.id < $6 and n.id > $7 order by n.id {page.order} limit $8",
        *terms(account, wanted),
        page.below,
        page.above,
        page.limit,
    )
    return page.newest_first([from_row(row) for row in rows])


async def one(db: Connection, account: AccountId, notification: NotificationId) -> Notification | None:
    """One of somebody's notifications."""
    row = await db.one(
        f"{_SELECT} where n.id = $1 and n.account_id = $2 and a.suspended_at is null", notification, account
    )
    return None if row is None else from_row(row)


async def unread_count(
    db: Connection, account: AccountId, *, since_id: int, limit: int, wanted: Wanted = EVERYTHING
) -> int:
    """How many of somebody's notifications are newer than their marker `since_id`; the count stops at `limit`.

    Spec: Mastodon documentation, methods/notifications (unread-count)
    """
    return await db.value(
        f"""
        select count(*) from (
            select from notifications n join accounts a on a.id = n.from_id
            where {WANTED} and n.id > $6 order by n.id limit $7
        ) counted
        """,
        *terms(account, wanted),
        since_id,
        limit,
    )


def terms(account: AccountId, wanted: Wanted) -> tuple[object, ...]:
    """The values that `WANTED` asks for."""
    aside = wanted.include_filtered or wanted.from_account is not None
    return account, wanted.types, wanted.exclude_types, wanted.from_account, aside


def from_row(row: Row) -> Notification:
    """The notification in a row that may hold more."""
    values = {name: row[name] for name in Notification.__struct_fields__}
    values["group_key"] = row["group_key"] or ungrouped(row["id"])
    return Notification(**values)
