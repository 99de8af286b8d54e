"""The people who may sign in: credentials, browser sessions, roles, preferences, and the mail they get about it.

`draft_sign_up` then `register` is how somebody joins; `sign_in` then `open_session` is how they come back. What keeps
somebody from acting, if anything, is their `standing`.

Tables owned: users, sessions, roles, mails.
"""

from marula.domain.users import permissions, reactions
from marula.domain.users.actions import (
    approve,
    ask_confirmation,
    change_email,
    change_password,
    change_preferences,
    check_unconfirmed,
    confirm,
    create_owner,
    delete,
    disable,
    enable,
    mark_active,
    register,
    reject,
    set_role,
    vouch,
)
from marula.domain.users.drafting import (
    EmailChange,
    confirmation_asked,
    draft_email,
    draft_password,
    draft_person,
    draft_sign_up,
)
from marula.domain.users.events import (
    ConfirmationAsked,
    EmailChanged,
    PasswordChanged,
    RoleChanged,
    UserApproved,
    UserConfirmed,
    UserDisabled,
    UserEnabled,
    UserRegistered,
    UserRejected,
)
from marula.domain.users.links import (
    Confirmation,
    confirmation_token,
    read_confirmation,
    setup_allowed,
    setup_token,
)
from marula.domain.users.outbox import write_mail
from marula.domain.users.permissions import EVERYONE_ID, Permission, effective
from marula.domain.users.roles import ADMIN_ID, MODERATOR_ID, OWNER_ID, ROLES, all_roles, ensure_roles, may, role_of
from marula.domain.users.rules import standing
from marula.domain.users.sessions import (
    close_session,
    close_sessions,
    find_session,
    list_sessions,
    open_session,
    touch_session,
)
from marula.domain.users.signing_in import sign_in
from marula.domain.users.store.outbox import unsent as unsent_mails
from marula.domain.users.store.people import abandoned, by_account, by_email, by_id, by_username, listed, pending
from marula.domain.users.store.roles import named as role_named
from marula.domain.users.store.roles import owner_exists
from marula.domain.users.types import (
    SESSION_LIFETIME,
    Newcomer,
    OutboxMail,
    PreferenceChanges,
    Preferences,
    Role,
    Session,
    SignUp,
    Standing,
    User,
)

__all__ = [
    "ADMIN_ID",
    "EVERYONE_ID",
    "MODERATOR_ID",
    "OWNER_ID",
    "ROLES",
    "SESSION_LIFETIME",
    "Confirmation",
    "ConfirmationAsked",
    "EmailChange",
    "EmailChanged",
    "Newcomer",
    "OutboxMail",
    "PasswordChanged",
    "Permission",
    "PreferenceChanges",
    "Preferences",
    "Role",
    "RoleChanged",
    "Session",
    "SignUp",
    "Standing",
    "User",
    "UserApproved",
    "UserConfirmed",
    "UserDisabled",
    "UserEnabled",
    "UserRegistered",
    "UserRejected",
    "abandoned",
    "all_roles",
    "approve",
    "ask_confirmation",
    "by_account",
    "by_email",
    "by_id",
    "by_username",
    "change_email",
    "change_password",
    "change_preferences",
    "check_unconfirmed",
    "close_session",
    "close_sessions",
    "confirm",
    "confirmation_asked",
    "confirmation_token",
    "create_owner",
    "delete",
    "disable",
    "draft_email",
    "draft_password",
    "draft_person",
    "draft_sign_up",
    "effective",
    "enable",
    "ensure_roles",
    "find_session",
    "list_sessions",
    "listed",
    "mark_active",
    "may",
    "open_session",
    "owner_exists",
    "pending",
    "permissions",
    "reactions",
    "read_confirmation",
    "register",
    "reject",
    "role_named",
    "role_of",
    "set_role",
    "setup_allowed",
    "setup_token",
    "sign_in",
    "standing",
    "touch_session",
    "unsent_mails",
    "vouch",
    "write_mail",
]
