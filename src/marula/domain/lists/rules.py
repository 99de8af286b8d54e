"""What a list may be, and who may be on it. Pure.

Spec: limits.json, lists
"""

from collections.abc import Collection

from marula.base.kernel.errors import Invalid, NotFound
from marula.base.kernel.ids import AccountId

MAX_LISTS = 50
MAX_TITLE = 256


def check_title(title: str) -> str:
    """The title without spaces around it. Raises Invalid when it is empty or too long."""
    title = title.strip()
    if not title:
        raise Invalid.field("title", "can't be blank", "ERR_BLANK")
    if len(title) > MAX_TITLE:
        raise Invalid.field("title", f"is too long (maximum is {MAX_TITLE} characters)", "ERR_TOO_LONG")
    return title


def check_count(lists: int) -> None:
    """Raises Invalid when somebody has as many lists as they may."""
    if lists >= MAX_LISTS:
        raise Invalid.because("You have reached the maximum number of lists")


def check_members(
    asked: Collection[AccountId],
    *,
    known: Collection[AccountId],
    allowed: Collection[AccountId],
    present: Collection[AccountId],
) -> None:
    """Whether all of these can be put on a list.

    Takes: those of them that exist (`known`), whom the owner follows, asked to follow or is (`allowed`), and who is on
    the list (`present`).
    Raises: NotFound when one does not exist, Invalid for all else.
    """
    if not set(asked) <= set(known):
        raise NotFound
    if not set(asked) <= set(allowed):
        raise Invalid.because("Account must be a followed account")
    if set(asked) & set(present):
        raise Invalid.because("Account has already been taken")
