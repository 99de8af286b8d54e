"""The words of posts."""

from datetime import datetime, timedelta
from enum import IntEnum
from typing import Literal, TypeAlias

import msgspec

from marula.base.kernel.ids import AccountId, AppId, ConversationId, PollId, PostId, ScheduledId

Word: TypeAlias = Literal["public", "unlisted", "private", "direct"]

QuotePolicy: TypeAlias = Literal["public", "followers", "nobody"]
"""Whom the author of a post lets quote it at once."""

_WORDS: tuple[Word, ...] = ("public", "unlisted", "private", "direct", "private")


class Visibility(IntEnum):
    """Who may see a post. Stored as its number; the API says the name in lower case.

    Spec: Mastodon documentation, entities/Status#visibility
    """

    PUBLIC = 0
    UNLISTED = 1
    PRIVATE = 2
    DIRECT = 3
    LIMITED = 4

    @property
    def word(self) -> Word:
        """The API's word. A limited post is shown as private."""
        return _WORDS[self]


class PollDraft(msgspec.Struct, frozen=True, kw_only=True):
    """A poll as asked for."""

    options: tuple[str, ...]
    expires_in: timedelta
    multiple: bool = False
    hide_totals: bool = False


class Mentioned(msgspec.Struct, frozen=True):
    """An account named in a post."""

    account_id: AccountId
    silent: bool = False


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """What could be written: checked, rendered, every name resolved. Made by `drafting`, or by a federation face."""

    text: str
    html: str
    spoiler_text: str = ""
    language: str | None = None
    visibility: Visibility = Visibility.PUBLIC
    sensitive: bool = False
    in_reply_to: PostId | None = None
    mentions: tuple[Mentioned, ...] = ()
    tags: tuple[tuple[str, str], ...] = ()
    """Pairs of normalised and displayed name."""
    poll: PollDraft | None = None
    app_id: AppId | None = None
    created_at: datetime | None = None
    uri: str | None = None
    url: str | None = None


class Post(msgspec.Struct, frozen=True, kw_only=True):
    """A post as the rules see it."""

    id: PostId
    account_id: AccountId
    local: bool
    visibility: Visibility
    text: str
    spoiler_text: str
    sensitive: bool
    language: str | None
    in_reply_to_id: PostId | None
    in_reply_to_account_id: AccountId | None
    reblog_of_id: PostId | None
    conversation_id: ConversationId | None
    version: int
    created_at: datetime
    edited_at: datetime | None
    author_suspended: bool


class Poll(msgspec.Struct, frozen=True, kw_only=True):
    """A poll as the rules see it."""

    id: PollId
    post_id: PostId
    account_id: AccountId
    options: tuple[str, ...]
    multiple: bool
    hide_totals: bool
    expires_at: datetime | None


class Ties(msgspec.Struct, frozen=True, kw_only=True):
    """What stands between a viewer and a post; all false for an anonymous viewer.

    `mentioned`: the viewer is named in the post. `follows`: the viewer follows the author. `blocked_by`,
    `blocks`, `mutes`: between viewer and author. `hides_domain`: the viewer hides the server of the author.
    """

    mentioned: bool = False
    follows: bool = False
    blocks: bool = False
    blocked_by: bool = False
    mutes: bool = False
    hides_domain: bool = False


NO_TIES = Ties()


class Claim(msgspec.Struct, frozen=True):
    """What an idempotency key stands for: a post, or a post to come."""

    post_id: PostId | None
    scheduled_id: ScheduledId | None
