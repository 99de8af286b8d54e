"""The SQL of roles."""

from marula.base.db import Connection, Row, Tx
from marula.base.kernel.ids import RoleId
from marula.domain.users.permissions import DefaultRole, Permission
from marula.domain.users.types import Role

_SELECT = "select id, name, color, position, permissions, highlighted, collection_limit from roles "


def _role(row: Row) -> Role:
    values = dict(row)
    values["permissions"] = Permission(values["permissions"])
    return Role(**values)


async def all_roles(db: Connection) -> dict[RoleId, Role]:
    """Every role, the lowest first."""
    return {row["id"]: _role(row) for row in await db.all(_SELECT + "order by position, id")}


async def named(db: Connection, name: str) -> Role | None:
    """The role with this name, in any case."""
    row = await db.one(_SELECT + "where lower(name) = lower($1) and name <> '' order by id limit 1", name)
    return None if row is None else _role(row)


async def insert(tx: Tx, role: RoleId, default: DefaultRole) -> bool:
    """Write a role under a known id; says whether it was not there."""
    done = await tx.run(
        """
        insert into roles (id, name, color, position, permissions, highlighted, created_at)
        values ($1, $2, $3, $4, $5, $6, $7) on conflict (id) do nothing
        """,
        role,
        default.name,
        default.color,
        default.position,
        int(default.permissions),
        default.highlighted,
        tx.now,
    )
    return done > 0


async def lock_everyone(tx: Tx) -> None:
    """Hold the role of everyone until the transaction ends: who makes the first owner does it alone."""
    await tx.run("select from roles where id = -99 for update")


async def owner_exists(db: Connection) -> bool:
    """Whether anybody has a role that may do everything."""
    return await db.value(
        "select exists (select from users u join roles r on r.id = u.role_id where r.permissions & $1 <> 0)",
        int(Permission.ADMINISTRATOR),
    )
