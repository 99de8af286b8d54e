"""The words in which the community is written down."""

from typing import Literal, TypeAlias

import msgspec

Reach: TypeAlias = Literal["public", "unlisted"]


class Person(msgspec.Struct, frozen=True):
    """Somebody of the community. `language`: what they write in unless a post says otherwise."""

    name: str
    display_name: str
    language: str
    bio: str
    fields: tuple[tuple[str, str], ...] = ()
    locked: bool = False
    bot: bool = False


class Ballot(msgspec.Struct, frozen=True):
    """A poll."""

    options: tuple[str, ...]
    days: int = 3
    multiple: bool = False


class Say(msgspec.Struct, frozen=True, kw_only=True):
    """A post and what is answered to it. Answers begin with the mention of whom they answer; it is not written here."""

    who: str
    text: str
    answers: tuple["Say", ...] = ()
    warning: str = ""
    language: str = ""
    poll: Ballot | None = None
    reach: Reach = "public"
    pinned: bool = False


def say(
    who: str,
    text: str,
    *answers: Say,
    warning: str = "",
    language: str = "",
    poll: Ballot | None = None,
    reach: Reach = "public",
    pinned: bool = False,
) -> Say:
    """A post, as it is written down: who says what, and the answers."""
    return Say(
        who=who, text=text, answers=answers, warning=warning, language=language, poll=poll, reach=reach, pinned=pinned
    )


def ballot(*options: str, days: int = 3, multiple: bool = False) -> Ballot:
    """A poll, as it is written down."""
    return Ballot(options, days, multiple)
