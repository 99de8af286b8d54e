"""What a collection may say, and whom it may hold. Pure.

Spec: limits.json, collections; Mastodon documentation, client/collections
"""

from collections.abc import Iterable

from msgspec import UNSET

from marula.base.kernel.errors import Forbidden, Invalid, Problem
from marula.base.text import display_hashtag, normalise_hashtag, valid_hashtag, valid_language
from marula.domain.collections.types import Asked, Collection, Draft, Item, Standing, State

NAME_MAX = 40
DESCRIPTION_MAX = 100
ITEMS_MAX = 25
"""Accounts that wait or have agreed."""

CANNOT_BE_ADDED = "This account cannot be added to collections"
COUNTED = (State.PENDING, State.ACCEPTED)


def drafted(asked: Asked, before: Collection | None = None) -> Draft:
    """What the collection says after this. Raises Invalid with every problem."""
    name = (before.name if before else "") if asked.name is UNSET else asked.name.strip()
    description = (before.description if before else "") if asked.description is UNSET else asked.description.strip()
    language = (before.language if before else None) if asked.language is UNSET else asked.language or None
    tag = _tag_of(before) if asked.tag_name is UNSET else _tag(asked.tag_name)
    found = [*_problems(name, description, language, tag)]
    if found:
        raise Invalid(*found)
    return Draft(
        name=name,
        description=description,
        language=language,
        tag=tag,
        sensitive=(before is not None and before.sensitive) if asked.sensitive is UNSET else asked.sensitive,
        discoverable=(before is not None and before.discoverable)
        if asked.discoverable is UNSET
        else asked.discoverable,
    )


def _problems(name: str, description: str, language: str | None, tag: tuple[str, str] | None) -> Iterable[Problem]:
    if not name:
        yield Problem("can't be blank", "name", "ERR_BLANK")
    for field, text, limit in (("name", name, NAME_MAX), ("description", description, DESCRIPTION_MAX)):
        if len(text) > limit:
            yield Problem(f"is too long (maximum is {limit} characters)", field, "ERR_TOO_LONG")
    if language is not None and not valid_language(language):
        yield Problem("is invalid", "language")
    if tag is not None and not valid_hashtag(tag[1]):
        yield Problem("is invalid", "tag_name")


def _tag_of(collection: Collection | None) -> tuple[str, str] | None:
    if collection is None or collection.tag_name is None:
        return None
    return collection.tag_name, collection.tag_display or collection.tag_name


def _tag(name: str | None) -> tuple[str, str] | None:
    plain = (name or "").strip().lstrip("#")
    return (normalise_hashtag(plain), display_hashtag(plain)) if plain else None


def check_count(present: int, limit: int) -> None:
    """Raises Invalid when somebody has as many collections as their role allows."""
    if present >= limit:
        raise Invalid.because(f"You cannot have more than {limit} collections")


def check_consent(standing: Standing) -> None:
    """Raises Forbidden when an account does not want to be in this collection."""
    if standing.blocked or not standing.consents:
        raise Forbidden(CANNOT_BE_ADDED)


def check_room(items: Iterable[Item], more: int = 1) -> None:
    """Raises Invalid when a collection would hold too many accounts."""
    if sum(item.state in COUNTED for item in items) + more > ITEMS_MAX:
        raise Invalid.field("collection_items", f"are too many (maximum is {ITEMS_MAX} accounts)", "ERR_TOO_MANY")


def check_new(items: Iterable[Item], standing: Standing) -> None:
    """Raises Forbidden when the account has left this collection, Invalid when it is in it."""
    present = [item for item in items if item.account_id == standing.account_id]
    if any(item.state is State.REVOKED for item in present):
        raise Forbidden(CANNOT_BE_ADDED)
    if present:
        raise Invalid.field("account_id", "has already been taken", "ERR_TAKEN")
