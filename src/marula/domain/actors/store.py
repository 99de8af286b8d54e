"""The SQL of actors."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from marula.base.db import Connection, Row, Tx
from marula.base.kernel.ids import AccountId
from marula.domain.actors.types import ActorKey, Addresses, Departed, OwnKey

_ADDRESSES = ", ".join(Addresses.__struct_fields__)


async def by_uris(
    db: Connection, uris: Sequence[str], ours: Sequence[AccountId]
) -> tuple[dict[str, AccountId], set[AccountId]]:
    """The known remote actors with these ids, and which of these local ones there are."""
    rows = await db.all(
        """
        select uri, id from accounts where uri = any($1::text[])
        union all select null, id from accounts where id = any($2::bigint[]) and domain is null
        """,
        uris,
        ours,
    )
    return {row["uri"]: row["id"] for row in rows if row["uri"]}, {row["id"] for row in rows if not row["uri"]}


async def by_uri(db: Connection, uri: str) -> AccountId | None:
    """The known remote actor with this id."""
    return await db.value("select id from accounts where uri = $1", uri)


async def sender(db: Connection, uri: str) -> tuple[AccountId, bool] | None:
    """The known remote actor with this id, and whether it is suspended here."""
    row = await db.one("select id, suspended_at is not null as suspended from accounts where uri = $1", uri)
    return None if row is None else (row["id"], row["suspended"])


async def with_followers(db: Connection, uris: Sequence[str]) -> dict[str, AccountId]:
    """The remote actors whose followers collections these are."""
    rows = await db.all("select followers, account_id from actors where followers = any($1::text[])", uris)
    return {row["followers"]: row["account_id"] for row in rows}


async def addresses_of(db: Connection, accounts: Sequence[AccountId]) -> dict[AccountId, Addresses]:
    """Where remote actors take and give."""
    rows = await db.all(f"select account_id, {_ADDRESSES} from actors where account_id = any($1::bigint[])", accounts)
    return {row["account_id"]: Addresses(**{name: row[name] for name in Addresses.__struct_fields__}) for row in rows}


async def hold(tx: Tx, uri: str) -> None:
    """Keep others from writing this actor until the transaction ends, also when nobody has written it yet."""
    await tx.run("select pg_advisory_xact_lock(hashtextextended('actor ' || $1::text, 0))", uri)


async def fetched_at(db: Connection, account: AccountId) -> datetime | None:
    """When an actor was fetched; None for those that never were."""
    return await db.value("select fetched_at from actors where account_id = $1", account)


async def put_off(tx: Tx, account: AccountId, *, older_than: timedelta, by: timedelta) -> bool:
    """Take an actor that was fetched so long ago for `by` younger; says whether it was so old."""
    changed = await tx.run(
        "update actors set fetched_at = $2::timestamptz - $3::interval + $4::interval where account_id = $1 "
        "and fetched_at < $2::timestamptz - $3::interval",
        account,
        tx.now,
        older_than,
        by,
    )
    return bool(changed)


async def suspended_elsewhere(db: Connection, account: AccountId) -> datetime | None:
    """Since when an actor is known to be suspended by its own server."""
    return await db.value("select suspended_at from actors where account_id = $1", account)


async def put_suspended(tx: Tx, account: AccountId, since: datetime | None) -> None:
    """Write since when that is."""
    await tx.run("update actors set suspended_at = $2 where account_id = $1", account, since)


async def put_addresses(tx: Tx, account: AccountId, given: Addresses) -> None:
    """Write where a remote actor takes and gives, as of now."""
    names = Addresses.__struct_fields__
    slots = ", ".join(f"${place}" for place in range(3, 3 + len(names)))
    await tx.run(
        f"""
        insert into actors (account_id, fetched_at, {_ADDRESSES}) values ($1, $2, {slots})
        on conflict (account_id) do update set
            fetched_at = excluded.fetched_at, {", ".join(f"{name} = excluded.{name}" for name in names)}
        """,
        account,
        tx.now,
        *(getattr(given, name) for name in names),
    )


async def key_by_uri(db: Connection, uri: str) -> ActorKey | None:
    """The public key with this id, of a remote actor."""
    row = await db.one("select uri, account_id, public from actor_keys where uri = $1 and private is null", uri)
    return None if row is None else ActorKey(**dict(row))


async def put_keys(tx: Tx, account: AccountId, keys: Sequence[tuple[str, str]]) -> None:
    """Write the public keys of a remote actor in place of those it had."""
    uris = [uri for uri, _ in keys]
    await tx.run(
        "delete from actor_keys where account_id = $1 and private is null and not uri = any($2::text[])", account, uris
    )
    await tx.run(
        """
        insert into actor_keys (id, account_id, uri, public, created_at)
        select marula_id($4), $1, given.uri, given.public, $4
        from unnest($2::text[], $3::text[]) as given (uri, public)
        on conflict (uri) do update set account_id = excluded.account_id, public = excluded.public
        where actor_keys.private is null
        """,
        account,
        uris,
        [public for _, public in keys],
        tx.now,
    )


async def put_key(tx: Tx, account: AccountId, uri: str, public: str) -> None:
    """Write one public key of a remote actor beside those it has."""
    await tx.run(
        """
        insert into actor_keys (id, account_id, uri, public, created_at) values (marula_id($4), $1, $2, $3, $4)
        on conflict (uri) do update set account_id = excluded.account_id, public = excluded.public
        where actor_keys.private is null
        """,
        account,
        uri,
        public,
        tx.now,
    )


async def own_key(db: Connection, account: AccountId) -> OwnKey | None:
    """The key pair of a local actor, also of one that is gone."""
    row = await db.one(
        """
        (select uri, public, private, proof from actor_keys where account_id = $1 and private is not null
         order by id desc limit 1)
        union all
        (select key_uri, public, private, null from departed_actors where account_id = $1 and private is not null)
        limit 1
        """,
        account,
    )
    return None if row is None else OwnKey(**dict(row))


async def depart(tx: Tx, account: AccountId, inboxes: Sequence[str]) -> None:
    """Keep what a local actor is remembered by, once."""
    await tx.run(
        """
        insert into departed_actors (account_id, username, key_uri, public, private, inboxes, departed_at)
        select a.id, a.username, k.uri, k.public, k.private, $2, $3
        from accounts a left join lateral (
            select uri, public, private from actor_keys
            where account_id = a.id and private is not null order by id desc limit 1
        ) k on true
        where a.id = $1 and a.domain is null
        on conflict (account_id) do nothing
        """,
        account,
        inboxes,
        tx.now,
    )


async def departed(db: Connection, account: AccountId) -> Departed | None:
    """A local actor that is gone, or about to go."""
    return _departed(await db.one(f"{_DEPARTED} where account_id = $1", account))


async def departed_named(db: Connection, username: str) -> Departed | None:
    """The last local actor of this name that is gone."""
    return _departed(
        await db.one(f"{_DEPARTED} where lower(username) = lower($1) order by departed_at desc limit 1", username)
    )


_DEPARTED = "select account_id, username, inboxes from departed_actors"


def _departed(row: Row | None) -> Departed | None:
    if row is None:
        return None
    return Departed(account_id=row["account_id"], username=row["username"], inboxes=tuple(row["inboxes"]))


async def put_own_key(tx: Tx, account: AccountId, key: OwnKey) -> None:
    """Write the key pair of a local actor, unless it has one of that id, or is gone."""
    await tx.run(
        """
        insert into actor_keys (id, account_id, uri, public, private, proof, created_at)
        select marula_id($6), id, $2, $3, $4, $5, $6 from accounts where id = $1 on conflict (uri) do nothing
        """,
        account,
        key.uri,
        key.public,
        key.private,
        key.proof,
        tx.now,
    )


async def put_proof_key(tx: Tx, account: AccountId, private: str) -> None:
    """Write the key with which a local actor makes proofs, unless it has one."""
    await tx.run(
        "update actor_keys set proof = $2 where account_id = $1 and private is not null and proof is null",
        account,
        private,
    )
