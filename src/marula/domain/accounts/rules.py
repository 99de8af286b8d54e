"""What a profile may hold. Pure.

Spec: Mastodon documentation, methods/accounts (update_credentials); entities/Instance (configuration.accounts)
"""

import re
from collections.abc import Callable, Iterable

import msgspec
from msgspec import UNSET

from marula.base.kernel.errors import Problem
from marula.domain.accounts.types import Account, ProfileChanges, ProfileDraft

DISPLAY_NAME_MAX = 40
NOTE_MAX = 500
FIELDS_MAX = 4
FIELD_MAX = 255
DESCRIPTION_MAX = 150
ATTRIBUTION_DOMAINS_MAX = 100

_DOMAIN = re.compile(r"(?=.{1,253}$)([^\W_]([\w-]{0,61}[^\W_])?\.)+[^\W_]([\w-]{0,61}[^\W_])?")


def problems(changes: ProfileChanges, *, measure: Callable[[str], int]) -> list[Problem]:
    """Everything that is wrong with a change. `measure` counts the characters of a note as those of a post."""
    found: list[Problem] = []
    for name, limit in (
        ("display_name", DISPLAY_NAME_MAX),
        ("avatar_description", DESCRIPTION_MAX),
        ("header_description", DESCRIPTION_MAX),
    ):
        value = getattr(changes, name)
        if value is not UNSET and len(value.strip()) > limit:
            found.append(Problem(f"is too long (maximum is {limit} characters)", name, "ERR_TOO_LONG"))
    if changes.note is not UNSET and measure(changes.note) > NOTE_MAX:
        found.append(Problem(f"character limit of {NOTE_MAX} exceeded", "note", "ERR_TOO_LONG"))
    if changes.fields is not UNSET:
        rows = kept_fields(changes.fields)
        if len(rows) > FIELDS_MAX:
            found.append(Problem(f"is too long (maximum is {FIELDS_MAX} fields)", "fields", "ERR_TOO_LONG"))
        if any(not name for name, _ in rows):
            found.append(Problem("has a value without a name", "fields", "ERR_INVALID"))
    if changes.attribution_domains is not UNSET:
        domains = kept_domains(changes.attribution_domains)
        if len(domains) > ATTRIBUTION_DOMAINS_MAX:
            why = f"is too long (maximum is {ATTRIBUTION_DOMAINS_MAX} domains)"
            found.append(Problem(why, "attribution_domains", "ERR_TOO_LONG"))
        wrong = [domain for domain in domains if not _DOMAIN.fullmatch(domain)]
        if wrong:
            found.append(Problem(f"has an invalid domain: {wrong[0]}", "attribution_domains", "ERR_INVALID"))
    return found


def without_old_copies(who: Account, draft: ProfileDraft) -> ProfileDraft:
    """A change of a profile that forgets what is kept here of pictures which another server has changed."""
    if draft.avatar_remote_url is not UNSET and draft.avatar_remote_url != who.avatar_remote_url:
        draft = msgspec.structs.replace(draft, avatar_id=None, avatar_still_id=None, avatar_again_at=None)
    if draft.header_remote_url is not UNSET and draft.header_remote_url != who.header_remote_url:
        draft = msgspec.structs.replace(draft, header_id=None, header_still_id=None, header_again_at=None)
    return draft


def kept_fields(rows: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """The rows that say something, each part cut to its length: longer input is cut, not refused."""
    cut = [(name.strip()[:FIELD_MAX], value.strip()[:FIELD_MAX]) for name, value in rows]
    return tuple((name, value) for name, value in cut if name or value)


def kept_domains(domains: Iterable[str]) -> tuple[str, ...]:
    """Domain names as they are compared: lower-case, without scheme, port or path, each one once."""
    bare = [domain.strip().lower().split("://")[-1].split("/")[0] for domain in domains]
    return tuple(dict.fromkeys(domain for domain in bare if domain))
