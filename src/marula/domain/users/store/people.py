"""The SQL of the people who may sign in."""

import msgspec

from marula.base.db import Connection, Row, Tx
from marula.base.kernel.ids import AccountId, RoleId, UserId
from marula.domain import accounts
from marula.domain.users.permissions import Permission
from marula.domain.users.types import ADDRESS_KEPT, Newcomer, PreferenceChanges, Preferences, User

_SELECT = """
    select u.id, u.account_id, a.username, u.email, u.unconfirmed_email, u.role_id, u.locale, u.time_zone,
           u.chosen_languages, u.preferences::text as preferences, u.reason, u.confirmed_at is not null as confirmed,
           u.approved, u.disabled, a.suspended_at is not null as suspended, u.created_by_app_id, u.last_active_at,
           u.created_at, u.password_hash
    from users u join accounts a on a.id = u.account_id
"""


def _user(row: Row) -> User:
    values = {name: row[name] for name in User.__struct_fields__}
    values["preferences"] = msgspec.json.decode(values["preferences"], type=Preferences)
    if values["chosen_languages"] is not None:
        values["chosen_languages"] = tuple(values["chosen_languages"])
    return User(**values)


async def _one(db: Connection, where: str, *args: object) -> User | None:
    row = await db.one(_SELECT + where, *args)
    return None if row is None else _user(row)


async def by_id(db: Connection, user: UserId) -> User | None:
    """Somebody who may sign in."""
    return await _one(db, "where u.id = $1", user)


async def by_account(db: Connection, account: AccountId) -> User | None:
    """Who signs in to this account."""
    return await _one(db, "where u.account_id = $1", account)


async def by_email(db: Connection, email: str) -> User | None:
    """Who has this e-mail address, in any case."""
    return await _one(db, "where lower(u.email) = lower($1)", email)


async def by_username(db: Connection, username: str) -> User | None:
    """Who has this username here, in any case."""
    return await _one(db, "where lower(a.username) = lower($1) and coalesce(a.domain, '') = ''", username)


async def password_hash(db: Connection, user: UserId) -> str | None:
    """The hash of somebody's password."""
    return await db.value("select password_hash from users where id = $1", user)


async def lock(tx: Tx, user: UserId) -> None:
    """Let nobody else change this person until the transaction ends."""
    await tx.run("select from users where id = $1 for update", user)


async def pending(db: Connection, *, limit: int) -> list[User]:
    """The sign-ups that wait for approval, the oldest first. Costs: a scan of the users; for moderators only."""
    rows = await db.all(_SELECT + "where not u.approved order by u.id limit $1", limit)
    return [_user(row) for row in rows]


async def listed(db: Connection, *, after: UserId, limit: int) -> list[User]:
    """Everybody who may sign in, in the order of their sign-up."""
    rows = await db.all(_SELECT + "where u.id > $1 order by u.id limit $2", after, limit)
    return [_user(row) for row in rows]


async def with_permission(db: Connection, wanted: Permission) -> list[User]:
    """People whose own role has any of these permissions and who may act."""
    rows = await db.all(
        _SELECT
        + """
        join roles r on r.id = u.role_id
        where r.permissions & $1 <> 0 and u.confirmed_at is not null and u.approved and not u.disabled
          and a.suspended_at is null
        order by u.id
        """,
        int(wanted),
    )
    return [_user(row) for row in rows]


async def taken(db: Connection, username: str, email: str) -> tuple[bool, bool]:
    """Whether a username and an e-mail address are taken."""
    row = await db.one(
        """
        select exists (select from accounts where lower(username) = lower($1) and coalesce(domain, '') = '') as name,
               exists (select from users where lower(email) = lower($2)) as email
        """,
        username,
        email,
    )
    assert row is not None
    return row["name"], row["email"]


async def insert(tx: Tx, account: AccountId, new: Newcomer) -> UserId | None:
    """Write somebody who may sign in; None when the e-mail address is taken."""
    await _claim(tx, new.email)
    return await tx.value(
        """
        insert into users (id, account_id, email, password_hash, role_id, locale, time_zone, reason, confirmed_at,
                           confirmation_sent_at, approved, sign_up_ip, created_by_app_id, created_at)
        values (marula_id($12), $1, $2, $3, $4, $5, $6, $7, case when $8 then $12::timestamptz end,
                case when not $8 then $12::timestamptz end, $9, $10, $11, $12)
        on conflict (lower(email)) do nothing
        returning id
        """,
        account,
        new.email,
        new.password_hash,
        new.role_id,
        new.locale,
        new.time_zone,
        new.reason,
        new.confirmed,
        new.approved,
        new.ip,
        new.app_id,
        tx.now,
    )


async def confirm(tx: Tx, user: UserId) -> bool:
    """Believe the first e-mail address; says whether it was not believed before."""
    done = await tx.run("update users set confirmed_at = $2 where id = $1 and confirmed_at is null", user, tx.now)
    return await _told(tx, done)


async def put_email(tx: Tx, user: UserId, email: str) -> bool:
    """Another e-mail address at once; says whether nobody else has it."""
    await _claim(tx, email)
    done = await tx.run(
        """
        update users set email = $2, unconfirmed_email = null where id = $1
        and not exists (select from users other where lower(other.email) = lower($2) and other.id <> $1)
        """,
        user,
        email,
    )
    return done > 0


async def want_email(tx: Tx, user: UserId, email: str | None) -> None:
    """Another e-mail address once it is confirmed; with None, the confirmation is only sent again."""
    await tx.run(
        "update users set unconfirmed_email = coalesce($2, unconfirmed_email), confirmation_sent_at = $3 where id = $1",
        user,
        email,
        tx.now,
    )


async def approve(tx: Tx, user: UserId) -> bool:
    """Let a sign-up in; says whether it waited."""
    return await _told(tx, await tx.run("update users set approved = true where id = $1 and not approved", user))


async def put_disabled(tx: Tx, user: UserId, disabled: bool) -> bool:
    """Whether somebody may not act; says whether that is new."""
    done = await tx.run("update users set disabled = $2 where id = $1 and disabled <> $2", user, disabled)
    return await _told(tx, done)


async def put_password(tx: Tx, user: UserId, password_hash: str) -> None:
    """Another password."""
    await tx.run("update users set password_hash = $2 where id = $1", user, password_hash)


async def upgrade_password(tx: Tx, user: UserId, old: str, new: str) -> None:
    """The same password in another hash, unless it was changed meanwhile."""
    await tx.run("update users set password_hash = $3 where id = $1 and password_hash = $2", user, old, new)


async def put_role(tx: Tx, user: UserId, role: RoleId | None) -> bool:
    """Another role; says whether it is another."""
    done = await tx.run("update users set role_id = $2 where id = $1 and role_id is distinct from $2", user, role)
    return await _told(tx, done)


async def put_preferences(tx: Tx, user: UserId, changes: PreferenceChanges) -> AccountId | None:
    """What the changes set; the rest stays. Gives whose account it is, None when the user is gone."""
    return await tx.value(
        "update users set preferences = preferences || $2::jsonb where id = $1 returning account_id",
        user,
        msgspec.json.encode(changes).decode(),
    )


async def mark_active(tx: Tx, user: UserId) -> None:
    """Somebody was here, unless that was noted within the hour."""
    await tx.run(
        """
        update users set last_active_at = $2
        where id = $1 and (last_active_at is null or last_active_at < $2::timestamptz - interval '1 hour')
        """,
        user,
        tx.now,
    )


async def forget_addresses(tx: Tx) -> None:
    """Forget after a year from which network address people signed up."""
    await tx.run(
        "update users set sign_up_ip = null where sign_up_ip is not null and created_at < $1", tx.now - ADDRESS_KEPT
    )


async def abandoned(tx: Tx) -> list[AccountId]:
    """The accounts of people who never confirmed their address in the week after they were asked."""
    rows = await tx.all(
        """
        select account_id from users where confirmed_at is null and last_active_at is null
        and confirmation_sent_at < $1::timestamptz - interval '7 days' order by id limit 500
        """,
        tx.now,
    )
    return [row["account_id"] for row in rows]


async def _told(tx: Tx, done: int) -> bool:
    """Whether anything changed; if so, everybody hears that tokens may allow something else now."""
    if done:
        await accounts.callers_changed(tx)
    return done > 0


async def _claim(tx: Tx, email: str) -> None:
    """Of those who want an e-mail address, let one go on until its transaction ends; the others see what it did."""
    await tx.run("select pg_advisory_xact_lock(hashtextextended('users.email ' || lower($1), 0))", email)
