"""What both `marula accounts` and `tootctl accounts` do with people."""

import secrets

import msgspec

from marula.base.db import Connection
from marula.base.kernel.errors import NotFound
from marula.base.kernel.ids import RoleId, UserId
from marula.domain import apps, site, users
from marula.domain.context import Context
from marula.domain.users import EmailChange, Newcomer, SignUp, User

NO_SUCH_PERSON = "No user with such username"
NO_SUCH_ROLE = "Cannot find user role with that name"
BATCH = 500


class Changes(msgspec.Struct, frozen=True, kw_only=True):
    """What an operator changes of somebody; what is None or false stays. A `role` of "" takes the role away."""

    role: str | None = None
    email: str | None = None
    confirm: bool = False
    approve: bool = False
    enable: bool = False
    disable: bool = False
    password: str | None = None


def new_password() -> str:
    """A password to hand over: 120 random bits."""
    return secrets.token_urlsafe(15)


async def named(db: Connection, username: str) -> User:
    """Who has this username, with or without the @. Raises NotFound."""
    found = await users.by_username(db, username.removeprefix("@"))
    if found is None:
        raise NotFound(f"{NO_SUCH_PERSON}: {username}")
    return found


async def everybody(ctx: Context) -> list[User]:
    """All people of this server, in the order of their sign-up."""
    found: list[User] = []
    async with ctx.db.reading() as db:
        while batch := await users.listed(db, after=found[-1].id if found else UserId(0), limit=BATCH):
            found += batch
    return found


async def draft(
    ctx: Context, username: str, email: str, password: str, *, role: str | None, confirmed: bool, approve: bool
) -> Newcomer:
    """Somebody to register: confirmed where no mail goes out, approved where nobody has to approve. Raises Invalid."""
    await _role(ctx, role)
    waits = (await site.get(ctx)).registrations == "approved"
    async with ctx.db.reading() as db:
        return await users.draft_person(
            db,
            SignUp(username=username, email=email, password=password),
            confirmed=confirmed or not users.confirmation_asked(ctx),
            approved=approve or not waits,
            role=role,
        )


async def change(ctx: Context, username: str, changes: Changes) -> None:
    """Change somebody. Another password ends their sessions and their tokens. Raises NotFound, Invalid."""
    role = await _role(ctx, changes.role)
    async with ctx.db.reading() as db:
        user = await named(db, username)
        email = None if changes.email is None else await users.draft_email(ctx, db, user, changes.email)
    hashed = None if changes.password is None else await users.draft_password(changes.password)
    async with ctx.db.transaction() as tx:
        if changes.role is not None:
            await users.set_role(tx, user, role)
        if email is not None:
            await users.change_email(tx, user, EmailChange(email.email, email.confirm and not changes.confirm))
        if changes.confirm:
            await users.vouch(tx, user.id)
        if changes.approve:
            await users.approve(tx, user)
        if changes.enable:
            await users.enable(tx, user)
        if changes.disable:
            await users.disable(tx, user)
        if hashed is not None:
            await apps.renew_password(tx, user.id, hashed)


async def _role(ctx: Context, name: str | None) -> RoleId | None:
    """The role with this name; the first roles are written where no server has run yet. Raises NotFound."""
    if not name:
        return None
    async with ctx.db.transaction() as tx:
        await users.ensure_roles(tx)
        found = await users.role_named(tx, name)
    if found is None:
        known = ", ".join(role.name for role in (await users.all_roles(ctx)).values() if role.name)
        raise NotFound(f"{NO_SUCH_ROLE}: {name}. There are {known}.")
    return found.id
