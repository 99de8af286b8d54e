"""The SQL of relationships."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Literal, TypeAlias

from msgspec import UNSET

from marula.base.db import Connection, Row, Tx
from marula.base.kernel.ids import AccountId, FollowId
from marula.base.kernel.paging import Page
from marula.domain.relationships.rules import REQUESTS_COUNTED
from marula.domain.relationships.types import Between, FollowOptions, Listed, Request, Standing

Followed: TypeAlias = Literal["follows", "follow_requests"]


async def hold(tx: Tx, who: AccountId, whom: AccountId) -> None:
    """Keep others from changing what stands between two accounts until the transaction ends, in either direction.

    A block and a follow at the same moment would otherwise not see each other.
    """
    await tx.run(
        "select pg_advisory_xact_lock(hashtextextended('relationship ' || $1::bigint || ' ' || $2::bigint, 0))",
        min(who, whom),
        max(who, whom),
    )


async def between(db: Connection, who: AccountId, whom: AccountId) -> Between:
    """What stands between two accounts."""
    row = await db.one(
        """
        select exists (select from follows where account_id = $1 and target_id = $2) as follows,
               exists (select from follow_requests where account_id = $1 and target_id = $2) as requested,
               exists (select from blocks where account_id = $1 and target_id = $2)
               or exists (select from blocks where account_id = $2 and target_id = $1) as blocked
        """,
        who,
        whom,
    )
    assert row is not None
    return Between(**dict(row))


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


async def insert_follow(tx: Tx, who: AccountId, whom: AccountId, options: FollowOptions) -> FollowId | None:
    """Write a follow; None when there is one."""
    return await _insert(tx, "follows", who, whom, options)


async def insert_request(tx: Tx, who: AccountId, whom: AccountId, options: FollowOptions) -> FollowId | None:
    """Write a follow request; None when there is one."""
    return await _insert(tx, "follow_requests", who, whom, options)


async def _insert(tx: Tx, table: Followed, who: AccountId, whom: AccountId, options: FollowOptions) -> FollowId | None:
    return await tx.value(
        f"""
        insert into {table} (account_id, target_id, show_reblogs, notify, languages, created_at)
        values ($1, $2, $3, $4, $5, $6) on conflict (account_id, target_id) do nothing returning id
        """,
        who,
        whom,
        options.reblogs is not False,
        options.notify is True,
        options.languages or None,
        tx.now,
    )


async def revise(tx: Tx, table: Followed, who: AccountId, whom: AccountId, options: FollowOptions) -> None:
    """Change those options of a follow or of a request that are given."""
    await tx.run(
        f"""
        update {table}
        set show_reblogs = coalesce($3, show_reblogs), notify = coalesce($4, notify),
            languages = case when $5 then $6 else languages end
        where account_id = $1 and target_id = $2
        """,
        who,
        whom,
        None if options.reblogs is UNSET else options.reblogs,
        None if options.notify is UNSET else options.notify,
        options.languages is not UNSET,
        options.languages or None,
    )


async def delete_follow(tx: Tx, who: AccountId, whom: AccountId) -> bool:
    """End a follow. Says whether there was one."""
    return await tx.run("delete from follows where account_id = $1 and target_id = $2", who, whom) == 1


async def delete_request(tx: Tx, who: AccountId, whom: AccountId) -> Request | None:
    """End a follow request; the request that there was."""
    row = await tx.one(
        """
        delete from follow_requests where account_id = $1 and target_id = $2
        returning id, account_id, target_id, show_reblogs, notify, languages
        """,
        who,
        whom,
    )
    return None if row is None else Request(**_with_languages(row))


async def waiting(db: Connection, whom: AccountId) -> list[AccountId]:
    """Who asked to follow this account and is not limited, the oldest request first."""
    rows = await db.all(
        """
        select r.account_id from follow_requests r join accounts a on a.id = r.account_id
        where r.target_id = $1 and a.silenced_at is null and a.suspended_at is null order by r.id
        """,
        whom,
    )
    return [row["account_id"] for row in rows]


async def requests_count(db: Connection, account: AccountId) -> int:
    """How many ask to follow this account; it is counted up to 40. Spec: entities/CredentialAccount"""
    return await db.value(
        "select count(*) from (select from follow_requests where target_id = $1 limit $2) counted",
        account,
        REQUESTS_COUNTED,
    )


async def block(tx: Tx, who: AccountId, whom: AccountId) -> bool:
    """Write a block. Says whether it is new."""
    return (
        await tx.run(
            "insert into blocks (account_id, target_id, created_at) values ($1, $2, $3) on conflict do nothing",
            who,
            whom,
            tx.now,
        )
        == 1
    )


async def unblock(tx: Tx, who: AccountId, whom: AccountId) -> bool:
    """Lift a block. Says whether there was one."""
    return await tx.run("delete from blocks where account_id = $1 and target_id = $2", who, whom) == 1


async def mute(tx: Tx, who: AccountId, whom: AccountId, notifications: bool, expires_at: datetime | None) -> bool:
    """Write a mute, or change it. Says whether it is new, or takes the place of one that had run out."""
    return await tx.value(
        """
        with before as (
            select from mutes where account_id = $1 and target_id = $2 and (expires_at is null or expires_at > $5)
        ), written as (
            insert into mutes (account_id, target_id, hide_notifications, expires_at, created_at)
            values ($1, $2, $3, $4, $5)
            on conflict (account_id, target_id) do update
            set hide_notifications = excluded.hide_notifications, expires_at = excluded.expires_at
        )
        select not exists (select from before)
        """,
        who,
        whom,
        notifications,
        expires_at,
        tx.now,
    )


async def unmute(tx: Tx, who: AccountId, whom: AccountId) -> bool:
    """Lift a mute. Says whether there was one."""
    return await tx.run("delete from mutes where account_id = $1 and target_id = $2", who, whom) == 1


async def end_expired_mutes(tx: Tx, batch: int) -> list[tuple[AccountId, AccountId]]:
    """Remove mutes that have run out, so many at most; who had muted whom."""
    rows = await tx.all(
        """
        delete from mutes where expires_at <= $1 and id in (
            select id from mutes where expires_at <= $1 order by expires_at limit $2 for update skip locked
        )
        returning account_id, target_id
        """,
        tx.now,
        batch,
    )
    return [(row["account_id"], row["target_id"]) for row in rows]


async def put_note(tx: Tx, who: AccountId, whom: AccountId, comment: str) -> None:
    """Write a private note; an empty one is removed."""
    if comment:
        await tx.run(
            """
            insert into account_notes (account_id, target_id, comment) values ($1, $2, $3)
            on conflict (account_id, target_id) do update set comment = excluded.comment
            """,
            who,
            whom,
            comment,
        )
    else:
        await tx.run("delete from account_notes where account_id = $1 and target_id = $2", who, whom)


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
    return [Standing(**_with_languages(row)) for row in rows]


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


def _with_languages(row: Row) -> dict[str, Any]:
    """The columns of a row, its array of languages as a tuple."""
    languages = row["languages"]
    return {**dict(row), "languages": None if languages is None else tuple(languages)}
