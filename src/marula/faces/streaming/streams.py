"""The streams: their names, what a token needs for them, and where they are served.

Spec: Mastodon documentation, methods/streaming (streams); permissions.json, streaming
"""

from collections.abc import Mapping, Sequence

import msgspec

from marula.base.kernel import ids
from marula.base.kernel.ids import ListId
from marula.base.text import normalise_hashtag, valid_hashtag
from marula.domain.apps import Bearer

STATUSES = ("read", "read:statuses")
NOTIFICATIONS = ("read", "read:notifications")

PUBLIC = ("public", "public:local", "public:remote", "public:media", "public:local:media", "public:remote:media")
TAGGED = ("hashtag", "hashtag:local")
NAMES = ("user", "user:notification", "list", "direct", *PUBLIC, *TAGGED)

BASE = "/api/v1/streaming"
PATHS: Mapping[str, str] = {
    f"{BASE}/user": "user",
    f"{BASE}/user/notification": "user:notification",
    f"{BASE}/public": "public",
    f"{BASE}/public/local": "public:local",
    f"{BASE}/public/remote": "public:remote",
    f"{BASE}/hashtag": "hashtag",
    f"{BASE}/hashtag/local": "hashtag:local",
    f"{BASE}/list": "list",
    f"{BASE}/direct": "direct",
}
"""Where each stream is served as server-sent events."""


class Unwelcome(Exception):
    """A stream cannot be had. `status` and `why` as clients know them."""

    def __init__(self, status: int, why: str) -> None:
        super().__init__(why)
        self.status = status
        self.why = why


MISSING = Unwelcome(401, "Missing access token")
INVALID = Unwelcome(401, "Invalid access token")
OUT_OF_SCOPE = Unwelcome(401, "Access token does not have the required scopes")
NO_LIST = Unwelcome(401, "Not authorized to stream this list")
UNKNOWN = Unwelcome(400, "Unknown stream type")
NO_TAG = Unwelcome(400, "Missing tag name parameter")
NO_LIST_NAME = Unwelcome(400, "Missing list name parameter")
TOO_MANY = Unwelcome(400, "Too many streams on one connection")


class Stream(msgspec.Struct, frozen=True):
    """One stream: its name, and the hashtag or the list that it is of."""

    name: str
    tag: str | None = None
    list_id: ListId | None = None

    @property
    def label(self) -> tuple[str, ...]:
        """As it stands in messages."""
        if self.tag is not None:
            return (self.name, self.tag)
        return (self.name,) if self.list_id is None else (self.name, str(self.list_id))


def wanted(name: str, parameters: Mapping[str, object]) -> Stream:
    """The stream that a client asks for. Raises Unwelcome."""
    if name in PUBLIC and str(parameters.get("only_media", "")).lower() in ("1", "true") and not name.endswith("media"):
        name = f"{name}:media"
    if name not in NAMES:
        raise UNKNOWN
    if name in TAGGED:
        tag = str(parameters.get("tag") or "").removeprefix("#")
        if not valid_hashtag(tag):
            raise NO_TAG
        return Stream(name, tag=normalise_hashtag(tag))
    if name == "list":
        which = ids.parse(ListId, str(parameters.get("list") or ""))
        if which is None:
            raise NO_LIST_NAME
        return Stream(name, list_id=which)
    return Stream(name)


def check_scope(stream: Stream, bearer: Bearer) -> None:
    """Whether the token's scopes suffice; they are compared as they are written. Raises Unwelcome."""
    needed = NOTIFICATIONS if stream.name == "user:notification" else STATUSES
    if not set(needed) & set(bearer.scopes):
        raise OUT_OF_SCOPE


def public_streams(local: bool, tags: Sequence[str], *, media: bool, listed: bool = True) -> list[Stream]:
    """The streams for everybody that a public post goes into. `listed`: public timelines show it."""
    names = ("public", "public:local" if local else "public:remote") if listed else ()
    places = [Stream(name) for name in (*names, *([f"{name}:media" for name in names] if media else ()))]
    for tag in tags:
        places += [Stream("hashtag", tag=tag), *([Stream("hashtag:local", tag=tag)] if local else [])]
    return places
