"""Which version of the terms holds, and what one may be. Pure."""

from collections.abc import Sequence
from datetime import date

from marula.base.kernel.errors import Invalid, Refused
from marula.domain.terms.types import Terms

TEXT_MAX = 200_000


def check(text: str, effective_on: date, today: date) -> None:
    """Raises Invalid when these cannot be terms: empty, too long, or to hold from a day that is past."""
    if not text.strip():
        raise Invalid.field("text", "can't be blank", "ERR_BLANK")
    if len(text) > TEXT_MAX:
        raise Invalid.field("text", f"is too long (maximum is {TEXT_MAX} characters)", "ERR_TOO_LONG")
    if effective_on < today:
        raise Invalid.field("effective_date", "must not be in the past")


def check_withdrawal(terms: Terms, today: date) -> None:
    """Raises Refused when people have agreed to these terms by staying."""
    if terms.effective_on <= today:
        raise Refused("These terms are in force, or were: publish others that succeed them.")


def in_force(versions: Sequence[Terms], today: date) -> Terms | None:
    """The version that holds; before any does, the first that will.

    Takes: all versions, by their day.
    """
    begun = [one for one in versions if one.effective_on <= today]
    return begun[-1] if begun else next(iter(versions), None)
