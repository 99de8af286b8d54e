"""Who may sign up and sign in, and with what. Pure.

Spec: Mastodon documentation, methods/accounts (create)
"""

import re
from typing import Protocol

from marula.base.kernel.errors import Forbidden, Invalid, Problem
from marula.base.text import valid_language
from marula.domain import accounts, site
from marula.domain.users.types import PreferenceChanges, SignUp, Standing

PASSWORD_MIN = 8
PASSWORD_MAX = 72
EMAIL_MAX = 320
REASON_MAX = 420
MAX_SESSIONS = 10

_EMAIL = re.compile(r"[^\s@<>()\[\],;:\\\"\x00-\x1f]{1,64}@(?!-)[^\W_]([\w-]*[^\W_])?(\.[^\W_]([\w-]*[^\W_])?)*")

_USERNAME = {
    "blank": Problem("can't be blank", "username", "ERR_BLANK"),
    "invalid": Problem("must contain only letters, numbers and underscores", "username", "ERR_INVALID"),
    "too_long": Problem("is too long (maximum is 30 characters)", "username", "ERR_TOO_LONG"),
    "reserved": Problem("is reserved", "username", "ERR_RESERVED"),
}


class HasStanding(Protocol):
    """What decides whether somebody may act."""

    @property
    def confirmed(self) -> bool: ...
    @property
    def approved(self) -> bool: ...
    @property
    def disabled(self) -> bool: ...
    @property
    def suspended(self) -> bool: ...


def standing(who: HasStanding) -> Standing:
    """Whether somebody may act, or else the first thing that keeps them from it."""
    if not who.confirmed:
        return "unconfirmed"
    if not who.approved:
        return "pending"
    if who.disabled:
        return "disabled"
    return "suspended" if who.suspended else "ok"


def check_open(mode: site.Registrations) -> None:
    """Raises Forbidden when nobody may sign up."""
    if mode == "none":
        raise Forbidden("Forbidden")


def username_problems(name: str, *, reserved_too: bool) -> list[Problem]:
    """What is wrong with a username. `reserved_too`: reserved names may be taken, as by an operator."""
    problem = accounts.username_problem(name)
    return [] if problem is None or (problem == "reserved" and reserved_too) else [_USERNAME[problem]]


def email_problems(address: str) -> list[Problem]:
    """What is wrong with an e-mail address."""
    if not address:
        return [Problem("can't be blank", "email", "ERR_BLANK")]
    if len(address) > EMAIL_MAX:
        return [Problem(f"is too long (maximum is {EMAIL_MAX} characters)", "email", "ERR_TOO_LONG")]
    return [] if _EMAIL.fullmatch(address) else [Problem("is invalid", "email", "ERR_INVALID")]


def password_problems(password: str) -> list[Problem]:
    """What is wrong with a password: too short in characters or, as the API has it, too long in bytes."""
    if not password:
        return [Problem("can't be blank", "password", "ERR_BLANK")]
    if len(password) < PASSWORD_MIN:
        return [Problem(f"is too short (minimum is {PASSWORD_MIN} characters)", "password", "ERR_TOO_SHORT")]
    if len(password.encode()) > PASSWORD_MAX:
        return [Problem(f"is too long (maximum is {PASSWORD_MAX} characters)", "password", "ERR_TOO_LONG")]
    return []


def check_preferences(changes: PreferenceChanges) -> None:
    """Raises Invalid when the language in which somebody writes is none."""
    language = changes.default_language
    if isinstance(language, str) and not valid_language(language):
        raise Invalid.field("language", "is not included in the list", "ERR_INCLUSION")


def sign_up_problems(asked: SignUp, *, reason_required: bool) -> list[Problem]:
    """What is wrong with the rest of a sign-up: agreement and reason."""
    found = [] if asked.agreement else [Problem("must be accepted", "agreement", "ERR_ACCEPTED")]
    if reason_required and not asked.reason.strip():
        found.append(Problem("can't be blank", "reason", "ERR_BLANK"))
    if len(asked.reason) > REASON_MAX:
        found.append(Problem(f"is too long (maximum is {REASON_MAX} characters)", "reason", "ERR_TOO_LONG"))
    return found
