"""The writes of the people who may sign in."""

import msgspec

from marula.base.db import Tx
from marula.base.events import record
from marula.base.kernel.errors import Forbidden, Invalid, NotFound
from marula.base.kernel.ids import AccountId, RoleId, SessionId, UserId
from marula.domain import accounts
from marula.domain.accounts import NewAccount
from marula.domain.users import events, rules
from marula.domain.users.drafting import EMAIL_TAKEN, EmailChange
from marula.domain.users.links import Confirmation
from marula.domain.users.roles import OWNER_ID
from marula.domain.users.sessions import close_sessions
from marula.domain.users.store import people, roles
from marula.domain.users.types import Newcomer, PreferenceChanges, User


async def register(tx: Tx, new: Newcomer) -> User:
    """Give somebody an account and let them sign in.

    Records: AccountCreated, UserRegistered. Raises: Invalid when somebody else took the name or address meanwhile.
    """
    account = await accounts.create(tx, NewAccount(username=new.username))
    made = await people.insert(tx, account, new)
    if made is None:
        raise Invalid(EMAIL_TAKEN)
    await record(
        tx, events.UserRegistered(user_id=made, account_id=account, confirmed=new.confirmed, approved=new.approved)
    )
    return await _present(tx, made)


async def create_owner(tx: Tx, new: Newcomer) -> User:
    """Register the first owner. Records: as `register`. Raises: Forbidden when there is an owner."""
    await roles.lock_everyone(tx)
    if await roles.owner_exists(tx):
        raise Forbidden("This server has an owner already")
    return await register(tx, msgspec.structs.replace(new, confirmed=True, approved=True, role_id=OWNER_ID))


async def confirm(tx: Tx, proof: Confirmation) -> User:
    """Believe an e-mail address: the first one, or the new one somebody asked for.

    Records: UserConfirmed the first time, EmailChanged for another address.
    Raises: NotFound when the user is gone, Invalid when this address is no longer asked for or is taken.
    """
    user = await _present(tx, proof.user_id)
    if proof.email == user.unconfirmed_email:
        if not await people.put_email(tx, user.id, proof.email):
            raise Invalid(EMAIL_TAKEN)
        await record(tx, events.EmailChanged(user_id=user.id))
    elif proof.email != user.email:
        raise Invalid.because("This link belongs to another e-mail address")
    await vouch(tx, user.id)
    return await _present(tx, user.id)


async def vouch(tx: Tx, who: UserId) -> None:
    """Believe somebody's e-mail address without proof. Records: UserConfirmed, the first time."""
    if await people.confirm(tx, who):
        user = await _present(tx, who)
        await record(tx, events.UserConfirmed(user_id=who, account_id=user.account_id, approved=user.approved))


def check_unconfirmed(user: User) -> None:
    """Raises: Forbidden when nothing waits for confirmation."""
    if user.confirmed and user.unconfirmed_email is None:
        raise Forbidden("This method is only available while the e-mail is awaiting confirmation")


async def ask_confirmation(tx: Tx, user: User) -> None:
    """Send the link again. Records: ConfirmationAsked. Raises: Forbidden when nothing waits for confirmation."""
    check_unconfirmed(user)
    await people.want_email(tx, user.id, None)
    await record(tx, events.ConfirmationAsked(user_id=user.id, asked_at=tx.now))


async def change_email(tx: Tx, user: User, change: EmailChange) -> None:
    """Give somebody another e-mail address, now or when they open the link sent to it.

    Who has confirmed none yet has none to keep: the new one takes its place at once, and only its link counts.
    Records: EmailChanged or ConfirmationAsked. Raises: Invalid when somebody else took it meanwhile.
    """
    if change.confirm and not user.confirmed:
        if not await people.put_email(tx, user.id, change.email):
            raise Invalid(EMAIL_TAKEN)
        await people.want_email(tx, user.id, None)
        await record(tx, events.ConfirmationAsked(user_id=user.id, asked_at=tx.now))
        return
    if change.confirm:
        await people.want_email(tx, user.id, change.email)
        await record(tx, events.ConfirmationAsked(user_id=user.id, asked_at=tx.now))
        return
    if not await people.put_email(tx, user.id, change.email):
        raise Invalid(EMAIL_TAKEN)
    await record(tx, events.EmailChanged(user_id=user.id))


async def change_password(tx: Tx, user: UserId, password_hash: str, *, keep: SessionId | None = None) -> None:
    """Give somebody another password and end their sessions, but for the one they are in. Records: PasswordChanged."""
    await people.put_password(tx, user, password_hash)
    await close_sessions(tx, user, keep=keep)
    await record(tx, events.PasswordChanged(user_id=user))


async def approve(tx: Tx, user: User) -> None:
    """Let a sign-up in. Records: UserApproved, the first time."""
    if await people.approve(tx, user.id):
        await record(tx, events.UserApproved(user_id=user.id, account_id=user.account_id))


async def reject(tx: Tx, user: User) -> None:
    """Turn a sign-up away and free its name. Records: UserRejected, AccountDeleted. Raises: Forbidden once let in.

    `departures.reject` takes back before what it gave others.
    """
    if user.approved:
        raise Forbidden
    await record(tx, events.UserRejected(username=user.username))
    await delete(tx, user.account_id)


async def disable(tx: Tx, user: User) -> None:
    """Let somebody act no more, and end their sessions. Records: UserDisabled, when it is new."""
    if await people.put_disabled(tx, user.id, True):
        await close_sessions(tx, user.id)
        await record(tx, events.UserDisabled(user_id=user.id, account_id=user.account_id))


async def enable(tx: Tx, user: User) -> None:
    """Let somebody act again. Records: UserEnabled, when it is new."""
    if await people.put_disabled(tx, user.id, False):
        await record(tx, events.UserEnabled(user_id=user.id, account_id=user.account_id))


async def set_role(tx: Tx, user: User, role: RoleId | None) -> None:
    """Give somebody a role, or none. Records: RoleChanged, when it is another."""
    if await people.put_role(tx, user.id, role):
        await accounts.bump(tx, user.account_id)
        await record(tx, events.RoleChanged(user_id=user.id, account_id=user.account_id, role_id=role))


async def delete(tx: Tx, who: AccountId) -> None:
    """Remove a local account and everything of its person. Records: AccountDeleted. Nothing happens when it is gone.

    What it gave others, which is counted on their side, is taken back before, by `departures`.
    """
    account = await accounts.locked(tx, who)
    if account is not None:
        await accounts.delete(tx, account)


async def change_preferences(tx: Tx, user: UserId, changes: PreferenceChanges) -> None:
    """Change how somebody likes to write and read. Nobody else is concerned, so no fact is recorded.

    Only `noindex` is seen by others: it makes the next version of the account.
    Raises: Invalid when the language is none.
    """
    rules.check_preferences(changes)
    account = await people.put_preferences(tx, user, changes)
    if account is not None and changes.noindex is not msgspec.UNSET:
        await accounts.bump(tx, account)


async def mark_active(tx: Tx, user: UserId) -> None:
    """Note that somebody is here; written at most once an hour. A relaxed transaction is enough."""
    await people.mark_active(tx, user)


async def _present(tx: Tx, user: UserId) -> User:
    found = await people.by_id(tx, user)
    if found is None:
        raise NotFound
    return found
