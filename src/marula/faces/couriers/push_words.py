"""What a push says: a sentence for each kind of notification, and the beginning of what it is about.

Programs that know the language of their person load the notification and write sentences of their own.
Spec: Mastodon documentation, methods/push; entities.json, WebPushPayload
"""

import msgspec

from marula.base.text.sanitise import plain_text
from marula.domain import notifications

LONGEST = 140


class Author(msgspec.Struct, frozen=True):
    """As much of an account as a push shows."""

    username: str
    acct: str
    display_name: str
    note: str
    avatar_static: str


class Said(msgspec.Struct, frozen=True):
    """As much of a post as a push shows."""

    content: str
    spoiler_text: str


class Seen(msgspec.Struct, frozen=True):
    """As much of a notification as a push shows, read from what its person would be shown."""

    type: str
    account: Author
    status: Said | None = None


def words(seen: Seen, *, own: bool, locale: str) -> tuple[str, str]:
    """The title, in the language of its reader, and the body. `own`: they did it themselves, as when their poll ends.

    Of a post with a content warning, the warning is all that is said.
    """
    name = seen.account.display_name or seen.account.username
    title = notifications.sentence(seen.type, own=own).say(locale, name=name)
    if seen.status is None:
        body = plain_text(seen.account.note) or f"@{seen.account.acct}"
    else:
        body = seen.status.spoiler_text or plain_text(seen.status.content)
    return short(title), short(body)


def short(text: str) -> str:
    """A text on one line, of so many characters at most."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1].rstrip()}…"
