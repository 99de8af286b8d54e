"""The SQL of accounts."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

import msgspec
from msgspec import UNSET

from marula.base.db import Connection, Row, Tx
from marula.base.kernel.ids import AccountId, BlobId
from marula.domain.accounts.callers import callers_changed
from marula.domain.accounts.types import (
    INSTANCE,
    Account,
    NewAccount,
    Picture,
    Pictures,
    Portrait,
    ProfileDraft,
    ProfileField,
    Stats,
)

COLUMNS = ", ".join(name for name in Account.__struct_fields__)

_fields = msgspec.json.Decoder(tuple[ProfileField, ...])


def account_of(row: Row) -> Account:
    """An account from a row that has all of COLUMNS."""
    values = {name: row[name] for name in Account.__struct_fields__}
    values["fields"] = _fields.decode(values["fields"])
    values["attribution_domains"] = tuple(values["attribution_domains"])
    values["also_known_as"] = tuple(values["also_known_as"])
    return Account(**values)


async def by_id(db: Connection, account: AccountId) -> Account | None:
    """An account."""
    row = await db.one(f"select {COLUMNS} from accounts where id = $1", account)
    return None if row is None else account_of(row)


async def locked(tx: Tx, account: AccountId) -> Account | None:
    """An account, held against changes by others until the transaction ends."""
    row = await tx.one(f"select {COLUMNS} from accounts where id = $1 for no key update", account)
    return None if row is None else account_of(row)


async def by_handle(db: Connection, username: str, domain: str | None = None) -> Account | None:
    """The account with this name, in any case; without a domain, of this server. Never the server itself."""
    row = await db.one(
        f"""
        select {COLUMNS} from accounts
        where lower(username) = lower($1) and coalesce(domain, '') = $2 and id <> {INSTANCE}
        """,
        username,
        domain or "",
    )
    return None if row is None else account_of(row)


async def by_handles(db: Connection, handles: Sequence[tuple[str, str | None]]) -> list[Account]:
    """The accounts with these names, those that exist, in any order."""
    rows = await db.all(
        f"""
        select {COLUMNS} from accounts where (lower(username), coalesce(domain, '')) in (
            select lower(name), host from unnest($1::text[], $2::text[]) as wanted (name, host)
        ) and id <> {INSTANCE}
        """,
        [name for name, _ in handles],
        [domain or "" for _, domain in handles],
    )
    return [account_of(row) for row in rows]


async def many(db: Connection, ids: Sequence[AccountId]) -> list[Account]:
    """These accounts, those that exist, in any order."""
    rows = await db.all(f"select {COLUMNS} from accounts where id = any($1::bigint[])", ids)
    return [account_of(row) for row in rows]


async def pictures(db: Connection, account: AccountId) -> Pictures:
    """The pictures of an account that are kept here."""
    row = await db.one(
        """
        select a.key as avatar, s.key as avatar_still, h.key as header, t.key as header_still
        from accounts left join blobs a on a.id = avatar_id left join blobs s on s.id = avatar_still_id
        left join blobs h on h.id = header_id left join blobs t on t.id = header_still_id
        where accounts.id = $1
        """,
        account,
    )
    return (
        Pictures(avatar=None, avatar_still=None, header=None, header_still=None)
        if row is None
        else Pictures(**dict(row))
    )


async def portrait(db: Connection, account: AccountId, which: Literal["avatar", "header"]) -> Portrait | None:
    """A picture that another server has, of somebody who is not suspended."""
    row = await db.one(
        f"""
        select a.id as account_id, a.domain, a.{which}_remote_url as url, b.key, s.key as still_key
        from accounts a left join blobs b on b.id = a.{which}_id left join blobs s on s.id = a.{which}_still_id
        where a.id = $1 and a.domain is not null and a.{which}_remote_url is not null and a.suspended_at is null
        """,
        account,
    )
    return None if row is None else Portrait(**dict(row))


async def claim_portrait(tx: Tx, account: AccountId, which: Literal["avatar", "header"], until: datetime) -> bool:
    """Note that a picture is being fetched, so that nobody else does until then; whether nobody did."""
    return bool(
        await tx.run(
            f"""
            update accounts set {which}_again_at = $2
            where id = $1 and {which}_id is null and coalesce({which}_again_at, '-infinity') < $3
            """,
            account,
            until,
            tx.now,
        )
    )


async def postpone_portrait(tx: Tx, account: AccountId, which: Literal["avatar", "header"], until: datetime) -> None:
    """Note that a picture is not to be had before then."""
    await tx.run(f"update accounts set {which}_again_at = $2 where id = $1", account, until)


async def keep_portrait(
    tx: Tx, account: AccountId, which: Literal["avatar", "header"], url: str, picture: Picture
) -> bool:
    """Write the copy of a picture, with the next version of the account; whether it still has that picture."""
    return bool(
        await tx.run(
            f"""
            update accounts
            set {which}_id = $3, {which}_still_id = $4, {which}_again_at = null, version = version + 1
            where id = $1 and {which}_remote_url = $2
            """,
            account,
            url,
            picture.original_id,
            picture.still_id,
        )
    )


async def give_up_portraits(tx: Tx, blobs: Sequence[BlobId]) -> None:
    """Keep these copies of pictures of people elsewhere no more, with the next version of their accounts."""
    avatar, header = (
        f"({which}_id = any($1::bigint[]) or {which}_still_id = any($1::bigint[]))" for which in ("avatar", "header")
    )
    await tx.run(
        f"""
        update accounts set
            avatar_id = case when {avatar} then null else avatar_id end,
            avatar_still_id = case when {avatar} then null else avatar_still_id end,
            header_id = case when {header} then null else header_id end,
            header_still_id = case when {header} then null else header_still_id end,
            version = version + 1
        where domain is not null and ({avatar} or {header})
        """,
        blobs,
    )


async def stats(db: Connection, ids: Sequence[AccountId]) -> dict[AccountId, Stats]:
    """The counters of these accounts."""
    rows = await db.all("select * from account_stats where account_id = any($1::bigint[])", ids)
    return {row["account_id"]: Stats(**dict(row)) for row in rows}


async def insert(tx: Tx, new: NewAccount) -> AccountId | None:
    """Write an account with its counters; None when the name is taken."""
    return await tx.value(
        """
        with made as (
            insert into accounts (id, username, domain, uri, url, actor_type, display_name, created_at)
            values (marula_id($7), $1, $2, $3, $4, $5, $6, $7)
            on conflict (lower(username), coalesce(domain, '')) do nothing
            returning id
        ), counted as (
            insert into account_stats (account_id) select id from made
        )
        select id from made
        """,
        new.username,
        new.domain,
        new.uri,
        new.url,
        new.actor_type,
        new.display_name,
        new.created_at or tx.now,
    )


async def put_instance(tx: Tx) -> None:
    """Write the account of the server itself, unless it is there, under a name that no person can have."""
    await tx.run(
        f"""
        insert into accounts (id, username, actor_type, locked, discoverable, created_at)
        values ({INSTANCE}, 'instance.actor', 'Application', true, false, $1) on conflict (id) do nothing
        """,
        tx.now,
    )


async def revise(tx: Tx, account: AccountId, draft: ProfileDraft) -> bool:
    """Write what a draft sets, with the next version. Says whether anything is different now."""
    values = {name: getattr(draft, name) for name in ProfileDraft.__struct_fields__}
    changes = {name: value for name, value in values.items() if value is not UNSET}
    if not changes:
        return False
    if "fields" in changes:
        changes["fields"] = msgspec.json.encode(changes["fields"]).decode()
    slots = [f"${place}{'::jsonb' if name == 'fields' else ''}" for place, name in enumerate(changes, 2)]
    assignments = ", ".join(f"{name} = {slot}" for name, slot in zip(changes, slots, strict=True))
    touched = await tx.run(
        f"""
        update accounts set {assignments}, version = version + 1
        where id = $1 and ({", ".join(changes)}, 0) is distinct from ({", ".join(slots)}, 0)
        """,
        account,
        *changes.values(),
    )
    return touched > 0


async def bump(tx: Tx, account: AccountId) -> None:
    """The next version: what was rendered of this account is out of date."""
    await tx.run("update accounts set version = version + 1 where id = $1", account)


async def suspend(tx: Tx, account: AccountId, since: datetime | None) -> None:
    """Write since when somebody is suspended, or that they are no longer."""
    await tx.run("update accounts set suspended_at = $2, version = version + 1 where id = $1", account, since)
    await callers_changed(tx)


async def silence(tx: Tx, account: AccountId, since: datetime | None) -> None:
    """Write since when somebody is limited, or that they are no longer."""
    await tx.run("update accounts set silenced_at = $2, version = version + 1 where id = $1", account, since)
    await callers_changed(tx)


async def restrict_server(
    tx: Tx,
    domain: str,
    marks: Sequence[datetime],
    *,
    silenced_at: datetime | None,
    suspended_at: datetime | None,
    batch: int,
) -> int:
    """Limit and suspend a batch of the accounts of a server, or let them go; gives how many changed.

    Only what was not decided of an account itself is changed: what one of the `marks` stands at, or nothing does.
    """
    changed = await tx.run(
        """
        with wanted as materialized (
            select id, case when silenced_at is null or silenced_at = any($2::timestamptz[]) then $3::timestamptz
                            else silenced_at end as silenced,
                       case when suspended_at is null or suspended_at = any($2::timestamptz[]) then $4::timestamptz
                            else suspended_at end as suspended
            from accounts where domain = $1
        )
        update accounts a set silenced_at = silenced, suspended_at = suspended, version = a.version + 1
        from (
            select w.* from wanted w join accounts now using (id)
            where (now.silenced_at, now.suspended_at) is distinct from (w.silenced, w.suspended) order by id limit $5
        ) next where a.id = next.id
        """,
        domain,
        marks,
        silenced_at,
        suspended_at,
        batch,
    )
    await callers_changed(tx)
    return changed


async def delete(tx: Tx, account: AccountId) -> None:
    """Remove an account and all that hangs on it."""
    await tx.run("delete from accounts where id = $1", account)
    await callers_changed(tx)


async def uncount_follows(tx: Tx, followers: Sequence[AccountId], followed: Sequence[AccountId]) -> None:
    """Count one followed account less for each of the first, one follower less for each of the others.

    The rows are locked in one order, so that two of these cannot block.
    """
    await tx.run(
        """
        with held as (
            select account_id from account_stats where account_id = any($1::bigint[] || $2::bigint[])
            order by account_id for no key update
        )
        update account_stats s
        set following_count = greatest(0, following_count - (s.account_id = any($1::bigint[]))::integer),
            followers_count = greatest(0, followers_count - (s.account_id = any($2::bigint[]))::integer)
        from held where s.account_id = held.account_id
        """,
        followers,
        followed,
    )


async def count_follow(tx: Tx, follower: AccountId, target: AccountId, by: int) -> None:
    """Count a follow, or with -1 its end. The rows are locked in one order, so that two of these cannot block."""
    await tx.run(
        """
        with pair as (
            select account_id from account_stats where account_id in ($1, $2) order by account_id for no key update
        )
        update account_stats s
        set following_count = case when s.account_id = $1 then greatest(0, following_count + $3)
                                   else following_count end,
            followers_count = case when s.account_id = $2 then greatest(0, followers_count + $3)
                                   else followers_count end
        from pair where s.account_id = pair.account_id
        """,
        follower,
        target,
        by,
    )


async def count_post(tx: Tx, account: AccountId, by: int, *, at: datetime | None = None) -> None:
    """Count a post, written `at` that moment, or with -1 its end."""
    await tx.run(
        """
        update account_stats
        set statuses_count = greatest(0, statuses_count + $2), last_status_at = greatest(last_status_at, $3)
        where account_id = $1
        """,
        account,
        by,
        at,
    )


async def hint(
    tx: Tx, account: AccountId, *, followers: int | None, following: int | None, statuses: int | None
) -> None:
    """Take over the counts that the server of somebody gives, never less than what is known here; None stays as it is.

    It changes nothing for people of this server.
    """
    await tx.run(
        """
        update account_stats s
        set followers_count = greatest(
                coalesce($2, s.followers_count), (select count(*) from follows where target_id = $1)),
            following_count = greatest(
                coalesce($3, s.following_count), (select count(*) from follows where account_id = $1)),
            statuses_count = coalesce($4, s.statuses_count)
        from accounts a where a.id = s.account_id and a.domain is not null and s.account_id = $1
        """,
        account,
        followers,
        following,
        statuses,
    )


async def domains(db: Connection, beginning: str = "", *, limit: int | None = None) -> list[str]:
    """The other servers whose people are known, whose name begins like this, in the order of their names.

    Costs: one statement, which leaps along an index from each name to the next.
    """
    rows = await db.all(
        """
        with recursive known (domain) as (
            (select domain from accounts where domain ~>=~ $1 and domain ~<~ ($1 || chr(1114111))
             order by domain using ~<~ limit 1)
            union all
            select (select a.domain from accounts a
                    where a.domain ~>~ known.domain and a.domain ~<~ ($1 || chr(1114111))
                    order by a.domain using ~<~ limit 1)
            from known where known.domain is not null
        )
        select domain from known where domain is not null limit $2
        """,
        beginning,
        limit,
    )
    return [row["domain"] for row in rows]
