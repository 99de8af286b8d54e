"""The SQL of OAuth applications."""

from collections.abc import Sequence

from marula.base.db import Connection, Row, Tx
from marula.base.kernel.ids import AppId, SessionId, TokenId, UserId
from marula.domain import accounts
from marula.domain.apps.types import App, Bearer, Grant, Permitted
from marula.domain.users import EVERYONE_ID, Permission, effective

_APP = "id, name, website, redirect_uris, scopes, client_id, created_at"


def _app(row: Row) -> App:
    values = {name: row[name] for name in App.__struct_fields__}
    values["redirect_uris"] = tuple(values["redirect_uris"])
    values["scopes"] = tuple(values["scopes"])
    return App(**values)


async def insert(
    tx: Tx,
    *,
    name: str,
    website: str | None,
    redirect_uris: Sequence[str],
    scopes: Sequence[str],
    client_id: str,
    secret_digest: bytes,
) -> App:
    """Write a program."""
    row = await tx.one(
        f"""
        insert into apps (id, name, website, redirect_uris, scopes, client_id, secret_digest, created_at)
        values (marula_id($7), $1, $2, $3, $4, $5, $6, $7) returning {_APP}
        """,
        name,
        website,
        redirect_uris,
        scopes,
        client_id,
        secret_digest,
        tx.now,
    )
    assert row is not None
    return _app(row)


async def by_id(db: Connection, app: AppId) -> App | None:
    """A program."""
    row = await db.one(f"select {_APP} from apps where id = $1", app)
    return None if row is None else _app(row)


async def by_client_id(db: Connection, client_id: str) -> App | None:
    """The program with this public id."""
    row = await db.one(f"select {_APP} from apps where client_id = $1", client_id)
    return None if row is None else _app(row)


async def secret_digest(db: Connection, app: AppId) -> bytes | None:
    """What is kept of a program's secret."""
    return await db.value("select secret_digest from apps where id = $1", app)


async def insert_grant(tx: Tx, digest: bytes, grant: Grant) -> None:
    """Write a consent under the digest of its code."""
    await tx.run(
        """
        insert into grants (digest, app_id, user_id, redirect_uri, scopes, code_challenge, expires_at)
        values ($1, $2, $3, $4, $5, $6, $7)
        """,
        digest,
        grant.app_id,
        grant.user_id,
        grant.redirect_uri,
        grant.scopes,
        grant.code_challenge,
        grant.expires_at,
    )


async def take_grant(tx: Tx, app: AppId, digest: bytes) -> Grant | None:
    """Use up a consent given to this program; None when there is none, or its ten minutes are over."""
    row = await tx.one(
        """
        delete from grants where digest = $1 and app_id = $2 and expires_at > $3
        returning app_id, user_id, redirect_uri, scopes, code_challenge, expires_at
        """,
        digest,
        app,
        tx.now,
    )
    if row is None:
        return None
    values = dict(row)
    values["scopes"] = tuple(values["scopes"])
    return Grant(**values)


async def delete_grants(tx: Tx, user: UserId) -> None:
    """Remove the consents of somebody that no program has exchanged yet."""
    await tx.run("delete from grants where user_id = $1", user)


async def delete_expired_grants(tx: Tx) -> None:
    """Remove consents that nobody exchanged in time."""
    await tx.run("delete from grants where expires_at <= $1", tx.now)


async def insert_token(tx: Tx, digest: bytes, app: AppId, user: UserId | None, scopes: Sequence[str]) -> None:
    """Write a token."""
    await tx.run(
        """
        insert into tokens (id, digest, app_id, user_id, scopes, created_at)
        values (marula_id($5), $1, $2, $3, $4, $5)
        """,
        digest,
        app,
        user,
        scopes,
        tx.now,
    )


async def ensure_own(tx: Tx, *, name: str, client_id: str, scopes: Sequence[str]) -> AppId:
    """The program of the server itself with this public id; made when it is not there. Nobody knows its secret."""
    return await tx.value(
        """
        insert into apps (name, redirect_uris, scopes, client_id, secret_digest, created_at)
        values ($1, '{}', $3, $2, sha256(uuid_send(gen_random_uuid())), $4)
        on conflict (client_id) do update set name = excluded.name
        returning id
        """,
        name,
        client_id,
        scopes,
        tx.now,
    )


async def put_session_token(
    tx: Tx, digest: bytes, app: AppId, user: UserId, session: SessionId, scopes: Sequence[str]
) -> None:
    """Write the token of a session, or make it usable again."""
    await tx.run(
        """
        insert into tokens (id, digest, app_id, user_id, scopes, created_at, session_id)
        values (marula_id($5), $1, $2, $3, $4, $5, $6)
        on conflict (digest) do update set revoked_at = null
        """,
        digest,
        app,
        user,
        scopes,
        tx.now,
        session,
    )
    await accounts.callers_changed(tx)


async def usable(db: Connection, digest: bytes) -> bool:
    """Whether there is a token of this digest that was not revoked."""
    return await db.value("select exists (select 1 from tokens where digest = $1 and revoked_at is null)", digest)


async def token_holder(db: Connection, digest: bytes) -> Bearer | None:
    """Who calls with the token of this digest: all that a request needs, also when the token is revoked or expired.

    Costs: one statement, by unique indexes only.
    """
    row = await db.one(
        """
        select t.id as token_id, t.app_id, app.name as app_name, app.website as app_website, t.scopes, t.created_at,
               t.expires_at, t.revoked_at, t.last_used_at, u.id as user_id, u.account_id,
               coalesce(own.permissions, 0) as own, coalesce(everyone.permissions, 0) as everyone,
               coalesce(u.confirmed_at is not null, true) as confirmed, coalesce(u.approved, true) as approved,
               coalesce(u.disabled, false) as disabled, a.suspended_at is not null as suspended,
               u.locale, u.chosen_languages, u.last_active_at
        from tokens t
        join apps app on app.id = t.app_id
        left join users u on u.id = t.user_id
        left join accounts a on a.id = u.account_id
        left join roles own on own.id = u.role_id
        left join roles everyone on everyone.id = $2 and u.id is not null
        where t.digest = $1
        """,
        digest,
        EVERYONE_ID,
    )
    if row is None:
        return None
    languages = row["chosen_languages"]
    return Bearer(
        token_id=row["token_id"],
        app_id=row["app_id"],
        app_name=row["app_name"],
        app_website=row["app_website"],
        scopes=tuple(row["scopes"]),
        created_at=row["created_at"],
        expires_at=row["expires_at"],
        revoked_at=row["revoked_at"],
        last_used_at=row["last_used_at"],
        user_id=row["user_id"],
        account_id=row["account_id"],
        permissions=effective(Permission(row["own"]), Permission(row["everyone"])),
        confirmed=row["confirmed"],
        approved=row["approved"],
        disabled=row["disabled"],
        suspended=row["suspended"],
        locale=row["locale"],
        chosen_languages=None if languages is None else tuple(languages),
        last_active_at=row["last_active_at"],
    )


async def mark_used(tx: Tx, token: TokenId) -> None:
    """A token was used, unless that was noted within the day."""
    await tx.run(
        """
        update tokens set last_used_at = $2
        where id = $1 and (last_used_at is null or last_used_at < $2::timestamptz - interval '1 day')
        """,
        token,
        tx.now,
    )


async def token_app(db: Connection, digest: bytes) -> AppId | None:
    """The program to which a token was given."""
    return await db.value("select app_id from tokens where digest = $1", digest)


async def revoke(tx: Tx, digest: bytes) -> list[TokenId]:
    """Make a token worthless; gives it when it was worth something."""
    rows = await tx.all(
        "update tokens set revoked_at = $2 where digest = $1 and revoked_at is null returning id", digest, tx.now
    )
    return await _revoked(tx, rows)


async def revoke_all(tx: Tx, user: UserId, app: AppId | None) -> list[TokenId]:
    """Make all of somebody's tokens worthless, or those given to one program."""
    rows = await tx.all(
        """
        update tokens set revoked_at = $3
        where user_id = $1 and revoked_at is null and ($2::bigint is null or app_id = $2) returning id
        """,
        user,
        app,
        tx.now,
    )
    return await _revoked(tx, rows)


async def revoke_of_sessions(tx: Tx, sessions: Sequence[SessionId]) -> list[TokenId]:
    """Make the tokens of these sessions worthless."""
    rows = await tx.all(
        "update tokens set revoked_at = $2 where session_id = any($1) and revoked_at is null returning id",
        sessions,
        tx.now,
    )
    return await _revoked(tx, rows)


async def permitted(db: Connection, user: UserId) -> list[Permitted]:
    """The programs that may act in somebody's name, the last used first."""
    rows = await db.all(
        f"""
        select {", ".join(f"app.{name.strip()}" for name in _APP.split(","))}, t.granted, t.last_used_at
        from (
            select app_id, array_agg(distinct scope) as granted, max(last_used_at) as last_used_at
            from tokens, unnest(scopes) as scope
            where user_id = $1 and revoked_at is null and session_id is null group by app_id
        ) as t join apps app on app.id = t.app_id
        order by t.last_used_at desc nulls last, app.id desc
        """,
        user,
    )
    return [Permitted(app=_app(row), scopes=tuple(row["granted"]), last_used_at=row["last_used_at"]) for row in rows]


async def _revoked(tx: Tx, rows: Sequence[Row]) -> list[TokenId]:
    if rows:
        await accounts.callers_changed(tx)
    return [row["id"] for row in rows]
