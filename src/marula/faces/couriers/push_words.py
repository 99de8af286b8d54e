"""What a push says: a sentence for each kind of notification, and the beginning of what it is about.

Programs that know the language of their person load the notification and write sentences of their own.
Spec: Mastodon documentation, methods/push; entities.json, WebPushPayload
"""

import msgspec

from marula.base.text.sanitise import plain_text

LONGEST = 140

TITLES: dict[str, str] = {
    "mention": "{name} mentioned you",
    "status": "{name} wrote something",
    "reblog": "{name} boosted your post",
    "follow": "{name} follows you now",
    "follow_request": "{name} would like to follow you",
    "favourite": "{name} favourited your post",
    "poll": "A poll you voted in has ended",
    "update": "{name} edited a post you boosted",
    "quote": "{name} quoted your post",
    "quoted_update": "{name} edited a post you quoted",
    "added_to_collection": "{name} put you into a collection",
    "collection_update": "{name} changed a collection you are in",
    "severed_relationships": "Some of your connections were cut",
    "moderation_warning": "The moderators wrote to you",
    "annual_report": "Your year can be looked back on",
    "admin.sign_up": "{name} signed up",
    "admin.report": "{name} reported somebody",
}
OWN_POLL = "Your poll has ended"


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


def words(seen: Seen, *, own: bool) -> tuple[str, str]:
    """The title and the body. `own`: the person did it themselves, as when their poll ends.

    Of a post with a content warning, the warning is all that is said.
    """
    name = seen.account.display_name or seen.account.username
    title = OWN_POLL if own and seen.type == "poll" else TITLES[seen.type].format(name=name)
    if seen.status is None:
        body = plain_text(seen.account.note) or f"@{seen.account.acct}"
    else:
        body = seen.status.spoiler_text or plain_text(seen.status.content)
    return short(title), short(body)


def short(text: str) -> str:
    """A text on one line, of so many characters at most."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1].rstrip()}…"
