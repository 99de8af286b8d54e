"""The SQL of follows and of requests to follow."""

from collections.abc import Sequence
from typing import Any, Literal, TypeAlias

from msgspec import UNSET

from marula.base.db import Connection, Row, Tx
from marula.base.kernel.ids import AccountId, FollowId
from marula.domain.relationships.rules import REQUESTS_COUNTED
from marula.domain.relationships.types import Between, FollowOptions, Request

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
               or exists (select from blocks where account_id = $2 and target_id = $1)
               or exists (select from account_domain_blocks d join accounts a on a.domain = d.domain
                          where (d.account_id, a.id) in (($1, $2), ($2, $1))) as blocked
        """,
        who,
        whom,
    )
    assert row is not None
    return Between(**dict(row))


async def insert_follow(
    tx: Tx, who: AccountId, whom: AccountId, options: FollowOptions, granted: FollowId | None = None
) -> FollowId | None:
    """Write a follow, with the id of the request that was granted; None when there is one."""
    return await _insert(tx, "follows", who, whom, options, granted)


async def insert_request(
    tx: Tx, who: AccountId, whom: AccountId, options: FollowOptions, taken_back: FollowId | None = None
) -> FollowId | None:
    """Write a follow request, with the id of the follow that was taken back; None when there is one."""
    return await _insert(tx, "follow_requests", who, whom, options, taken_back)


async def options(tx: Tx, who: AccountId, whom: AccountId) -> FollowOptions | None:
    """With which options somebody follows; None when they do not."""
    row = await tx.one(
        "select show_reblogs, notify, languages from follows where account_id = $1 and target_id = $2", who, whom
    )
    if row is None:
        return None
    return FollowOptions(reblogs=row["show_reblogs"], notify=row["notify"], languages=with_languages(row)["languages"])


async def _insert(
    tx: Tx, table: Followed, who: AccountId, whom: AccountId, options: FollowOptions, granted: FollowId | None = None
) -> FollowId | None:
    return await tx.value(
        f"""
        insert into {table} (id, account_id, target_id, show_reblogs, notify, languages, created_at)
        values (coalesce($7, marula_id()), $1, $2, $3, $4, $5, $6)
        on conflict (account_id, target_id) do nothing returning id
        """,
        who,
        whom,
        options.reblogs is not False,
        options.notify is True,
        options.languages or None,
        tx.now,
        granted,
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


async def delete_follow(tx: Tx, who: AccountId, whom: AccountId) -> FollowId | None:
    """End a follow, and with it the endorsement of whom one followed. The id it had; None when there was none."""
    return await tx.value(
        """
        with endorsed as (delete from endorsements where account_id = $1 and target_id = $2)
        delete from follows where account_id = $1 and target_id = $2 returning id
        """,
        who,
        whom,
    )


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
    return None if row is None else Request(**with_languages(row))


async def keep_request(tx: Tx, request: FollowId) -> bool:
    """Hold a follow request against its end until the transaction ends. False when it has ended."""
    return await tx.one("select from follow_requests where id = $1 for key share", request) is not None


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


async def followers_among(db: Connection, whom: AccountId, accounts: Sequence[AccountId]) -> list[AccountId]:
    """Those of these accounts that follow somebody."""
    rows = await db.all(
        "select account_id from follows where target_id = $1 and account_id = any($2::bigint[])", whom, accounts
    )
    return [row["account_id"] for row in rows]


async def followers_elsewhere(db: Connection, whom: AccountId, most: int) -> list[str]:
    """The ids of those on other servers who follow somebody of this one, at most so many."""
    rows = await db.all(
        """
        select a.uri from follows f join accounts a on a.id = f.account_id
        where f.target_id = $1 and a.uri is not null limit $2
        """,
        whom,
        most,
    )
    return [row["uri"] for row in rows]


async def followers_here(db: Connection, whom: AccountId) -> list[AccountId]:
    """Who of this server follows somebody."""
    rows = await db.all(
        """
        select f.account_id from follows f join accounts a on a.id = f.account_id
        where f.target_id = $1 and a.domain is null
        """,
        whom,
    )
    return [row["account_id"] for row in rows]


async def requesting(db: Connection, whom: AccountId, accounts: Sequence[AccountId]) -> list[AccountId]:
    """Those of these accounts that asked to follow somebody and wait for an answer."""
    rows = await db.all(
        "select account_id from follow_requests where target_id = $1 and account_id = any($2::bigint[])",
        whom,
        accounts,
    )
    return [row["account_id"] for row in rows]


async def follows_between(
    db: Connection, whom: Sequence[AccountId], accounts: Sequence[AccountId]
) -> list[tuple[AccountId, AccountId]]:
    """Who of these accounts follows whom of those."""
    rows = await db.all(
        """
        select account_id, target_id from follows
        where target_id = any($1::bigint[]) and account_id = any($2::bigint[])
        """,
        whom,
        accounts,
    )
    return [(row["account_id"], row["target_id"]) for row in rows]


async def requests_count(db: Connection, account: AccountId) -> int:
    """How many ask to follow this account; it is counted up to 40. Spec: entities/CredentialAccount"""
    return await db.value(
        "select count(*) from (select from follow_requests where target_id = $1 limit $2) counted",
        account,
        REQUESTS_COUNTED,
    )


def with_languages(row: Row) -> dict[str, Any]:
    """The columns of a row, its array of languages as a tuple."""
    languages = row["languages"]
    return {**dict(row), "languages": None if languages is None else tuple(languages)}


async def withdraw(tx: Tx, who: AccountId, batch: int) -> tuple[list[AccountId], list[AccountId]]:
    """Remove a batch of follows of somebody and by somebody; who followed them, and whom they followed."""
    rows = await tx.all(
        """
        delete from follows where id in (
            (select id from follows where account_id = $1 order by id limit $2)
            union all (select id from follows where target_id = $1 order by id limit $2)
        ) returning account_id, target_id
        """,
        who,
        batch,
    )
    followers = [row["account_id"] for row in rows if row["target_id"] == who]
    return followers, [row["target_id"] for row in rows if row["account_id"] == who]
