"""From what somebody sent to sign up, or to change how they sign in, to what can be written.

Everything that is wrong is found at once. Passwords are hashed here, before any transaction.
"""

import msgspec

from marula.base.crypto.passwords import hash_password
from marula.base.db import Connection
from marula.base.kernel.errors import Invalid, Problem
from marula.base.text import valid_language
from marula.domain import site
from marula.domain.context import Context
from marula.domain.users import rules
from marula.domain.users.store import people, roles
from marula.domain.users.types import Newcomer, SignUp, User

NAME_TAKEN = Problem("has already been taken", "username", "ERR_TAKEN")
EMAIL_TAKEN = Problem("has already been taken", "email", "ERR_TAKEN")


class EmailChange(msgspec.Struct, frozen=True):
    """Another e-mail address. `confirm`: a link is sent to it first."""

    email: str
    confirm: bool


def confirmation_asked(ctx: Context) -> bool:
    """Whether e-mail addresses are confirmed: only where mail can go out, so that nobody is locked out silently."""
    return ctx.config.mail is not None


async def draft_sign_up(ctx: Context, db: Connection, asked: SignUp) -> Newcomer:
    """Somebody who signs up.

    Raises: Forbidden when sign-up is closed; Invalid with every problem and its ERR_ code.
    Costs: one statement, and 30 ms of a thread for the password.
    """
    settings = await site.get(ctx)
    rules.check_open(settings.registrations)
    waits = settings.registrations == "approved"
    problems = rules.sign_up_problems(asked, reason_required=waits and settings.reason_required)
    made = await _draft(db, asked, problems, reserved_too=False)
    return msgspec.structs.replace(made, confirmed=not confirmation_asked(ctx), approved=not waits)


async def draft_person(
    db: Connection, asked: SignUp, *, confirmed: bool = True, approved: bool = True, role: str | None = None
) -> Newcomer:
    """Somebody whom an operator registers, also under a reserved name and while sign-up is closed. Raises: Invalid."""
    found = None if role is None else await roles.named(db, role)
    unknown = (
        [Problem(f"cannot be {role}: there is no such role", "role")] if role is not None and found is None else []
    )
    made = await _draft(db, asked, unknown, reserved_too=True)
    role_id = None if found is None else found.id
    return msgspec.structs.replace(made, confirmed=confirmed, approved=approved, role_id=role_id)


async def draft_password(password: str) -> str:
    """The hash of a new password. Raises: Invalid."""
    problems = rules.password_problems(password)
    if problems:
        raise Invalid(*problems)
    return await hash_password(password)


async def draft_email(ctx: Context, db: Connection, user: User, email: str) -> EmailChange:
    """Another e-mail address for somebody. Raises: Invalid."""
    address = email.strip()
    problems = rules.email_problems(address)
    owner = None if problems else await people.by_email(db, address)
    if owner is not None and owner.id != user.id:
        problems = [EMAIL_TAKEN]
    if problems:
        raise Invalid(*problems)
    return EmailChange(address, confirmation_asked(ctx))


async def _draft(db: Connection, asked: SignUp, problems: list[Problem], *, reserved_too: bool) -> Newcomer:
    name, address = asked.username.strip(), asked.email.strip()
    wrong_name = rules.username_problems(name, reserved_too=reserved_too)
    wrong_address = rules.email_problems(address)
    name_taken, address_taken = await people.taken(db, name, address)
    if not wrong_name and name_taken:
        wrong_name = [NAME_TAKEN]
    if not wrong_address and address_taken:
        wrong_address = [EMAIL_TAKEN]
    found = [*wrong_name, *wrong_address, *rules.password_problems(asked.password), *problems]
    if found:
        raise Invalid(*found)
    return Newcomer(
        username=name,
        email=address,
        password_hash=await hash_password(asked.password),
        confirmed=False,
        approved=False,
        locale=asked.locale if asked.locale and valid_language(asked.locale) else None,
        time_zone=asked.time_zone,
        reason=asked.reason.strip(),
        ip=asked.ip,
        app_id=asked.app_id,
    )
