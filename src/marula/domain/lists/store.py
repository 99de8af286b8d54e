"""The SQL of lists."""

from collections.abc import Sequence

from msgspec import UNSET

from marula.base.db import Connection, Row, Tx
from marula.base.kernel.ids import AccountId, ListId
from marula.base.kernel.paging import Page
from marula.domain.lists.types import List, ListChanges, RepliesPolicy

_LIST = "select l.id, l.account_id, l.title, l.replies_policy, l.exclusive from lists l"


def _list(row: Row) -> List:
    return List(**dict(row))


async def of_owner(db: Connection, who: AccountId) -> list[List]:
    """The lists of somebody, the oldest first."""
    return [_list(row) for row in await db.all(f"{_LIST} where l.account_id = $1 order by l.id", who)]


async def with_member(db: Connection, who: AccountId, member: AccountId) -> list[List]:
    """Those lists of somebody that an account is on, the oldest first."""
    rows = await db.all(
        f"{_LIST} join list_members m on m.list_id = l.id where l.account_id = $1 and m.account_id = $2 order by l.id",
        who,
        member,
    )
    return [_list(row) for row in rows]


async def by_owner(db: Connection, who: AccountId, which: ListId) -> List | None:
    """A list of somebody; None also when it is somebody else's."""
    row = await db.one(f"{_LIST} where l.id = $2 and l.account_id = $1", who, which)
    return None if row is None else _list(row)


async def locked(tx: Tx, who: AccountId, which: ListId) -> List | None:
    """A list of somebody, held against changes by others until the transaction ends."""
    row = await tx.one(f"{_LIST} where l.id = $2 and l.account_id = $1 for update", who, which)
    return None if row is None else _list(row)


async def count(db: Connection, who: AccountId) -> int:
    """How many lists somebody has."""
    return await db.value("select count(*) from lists where account_id = $1", who)


async def insert(tx: Tx, who: AccountId, title: str, replies_policy: RepliesPolicy, exclusive: bool) -> List:
    """Write a list."""
    row = await tx.one(
        """
        insert into lists (account_id, title, replies_policy, exclusive, created_at) values ($1, $2, $3, $4, $5)
        returning id, account_id, title, replies_policy, exclusive
        """,
        who,
        title,
        replies_policy,
        exclusive,
        tx.now,
    )
    assert row is not None
    return _list(row)


async def revise(tx: Tx, which: ListId, changes: ListChanges) -> List:
    """Change what is given."""
    row = await tx.one(
        """
        update lists set title = coalesce($2, title), replies_policy = coalesce($3, replies_policy),
                         exclusive = coalesce($4, exclusive)
        where id = $1 returning id, account_id, title, replies_policy, exclusive
        """,
        which,
        None if changes.title is UNSET else changes.title,
        None if changes.replies_policy is UNSET else changes.replies_policy,
        None if changes.exclusive is UNSET else changes.exclusive,
    )
    assert row is not None
    return _list(row)


async def delete(tx: Tx, which: ListId) -> None:
    """Remove a list with its members and its feed."""
    await tx.run("delete from lists where id = $1", which)


async def allowed(tx: Tx, who: AccountId, accounts: Sequence[AccountId]) -> set[AccountId]:
    """Those of these accounts that may be on somebody's lists: oneself, whom one follows, and whom one asked to follow.

    The follows and requests are held until the transaction ends, so that what ends one of them later finds the member.
    """
    rows = await tx.all(
        """
        with followed as (
            select target_id from follows where account_id = $1 and target_id = any($2::bigint[]) for key share
        ), asked as (
            select target_id from follow_requests where account_id = $1 and target_id = any($2::bigint[]) for key share
        )
        select target_id from followed union all select target_id from asked
        """,
        who,
        accounts,
    )
    return {who, *(row["target_id"] for row in rows)}


async def present(db: Connection, which: ListId, accounts: Sequence[AccountId]) -> set[AccountId]:
    """Those of these accounts that are on a list."""
    rows = await db.all(
        "select account_id from list_members where list_id = $1 and account_id = any($2::bigint[])", which, accounts
    )
    return {row["account_id"] for row in rows}


async def add(tx: Tx, which: ListId, accounts: Sequence[AccountId]) -> None:
    """Put accounts on a list."""
    await tx.run(
        "insert into list_members (list_id, account_id) select $1, unnest($2::bigint[]) on conflict do nothing",
        which,
        accounts,
    )


async def remove(tx: Tx, which: ListId, accounts: Sequence[AccountId]) -> list[AccountId]:
    """Take accounts off a list; those that were on it."""
    rows = await tx.all(
        "delete from list_members where list_id = $1 and account_id = any($2::bigint[]) returning account_id",
        which,
        accounts,
    )
    return [row["account_id"] for row in rows]


async def remove_unfollowed(tx: Tx, who: AccountId, whom: AccountId) -> list[List]:
    """Take somebody off the lists of an account that neither follows them nor asks to; the lists they were on."""
    rows = await tx.all(
        """
        delete from list_members m using lists l
        where m.account_id = $2 and l.id = m.list_id and l.account_id = $1 and $1 <> $2
          and not exists (select from follows where account_id = $1 and target_id = $2)
          and not exists (select from follow_requests where account_id = $1 and target_id = $2)
        returning l.id, l.account_id, l.title, l.replies_policy, l.exclusive
        """,
        who,
        whom,
    )
    return [_list(row) for row in rows]


async def all_members(db: Connection, which: ListId) -> list[AccountId]:
    """Everybody on a list."""
    return [row["account_id"] for row in await db.all("select account_id from list_members where list_id = $1", which)]


async def members(db: Connection, which: ListId, page: Page) -> list[AccountId]:
    """Who is on a list, those the server knows longest last; their ids are the cursors. A limit of 0 is none.

    Spec: GOTCHAS, Requests
    """
    rows = await db.all(
        f"""
        select m.account_id from list_members m join accounts a on a.id = m.account_id
        where m.list_id = $1 and m.account_id < $2 and m.account_id > $3 and a.suspended_at is null
        order by m.account_id {page.order} limit nullif($4::bigint, 0)
        """,
        which,
        page.below,
        page.above,
        page.limit,
    )
    return page.newest_first([row["account_id"] for row in rows])
