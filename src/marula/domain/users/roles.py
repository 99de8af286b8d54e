"""The roles of this server, as every process remembers them."""

from collections.abc import Mapping

from marula.base.db import Tx
from marula.base.events import Remembered, changed
from marula.base.kernel.ids import RoleId
from marula.domain.context import Context
from marula.domain.users import permissions
from marula.domain.users.permissions import EVERYONE_ID, Permission
from marula.domain.users.store import roles as store
from marula.domain.users.types import Role, User

MODERATOR_ID = RoleId(1)
ADMIN_ID = RoleId(2)
OWNER_ID = RoleId(3)

ROLES = Remembered("users.roles", store.all_roles)

_FIRST = (
    (MODERATOR_ID, permissions.MODERATOR),
    (ADMIN_ID, permissions.ADMIN),
    (OWNER_ID, permissions.OWNER),
)


async def ensure_roles(tx: Tx) -> None:
    """Write the roles that a server starts with, once: those that an owner removes later stay away."""
    if await store.insert(tx, EVERYONE_ID, permissions.EVERYONE):
        for identifier, role in _FIRST:
            await store.insert(tx, identifier, role)
        await changed(tx, ROLES)


async def all_roles(ctx: Context) -> Mapping[RoleId, Role]:
    """Every role by id. Costs: nothing, or one statement when this process has forgotten them."""
    return await ctx.memory.get(ROLES)


async def role_of(ctx: Context, user: User) -> Role:
    """Somebody's role; that of everyone when they were given none."""
    known = await all_roles(ctx)
    return known[EVERYONE_ID if user.role_id is None else user.role_id]


async def may(ctx: Context, user: User, wanted: Permission) -> bool:
    """Whether somebody's role, with that of everyone, allows any of these."""
    known = await all_roles(ctx)
    own = await role_of(ctx, user)
    return bool(permissions.effective(own.permissions, known[EVERYONE_ID].permissions) & wanted)
