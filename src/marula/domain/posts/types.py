"""The words of posts."""

from datetime import datetime, timedelta
from enum import IntEnum, IntFlag
from typing import Literal, TypeAlias

import msgspec

from marula.base.kernel.ids import AccountId, AppId, ConversationId, PollId, PostId, QuoteId, ScheduledId
from marula.domain.media import Chosen, RemoteFile

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


class Quoters(IntFlag):
    """Groups of people who may quote a post. Stored as its number.

    FOLLOWING: those whom its author follows. UNSUPPORTED: other servers' groups that this one cannot tell.
    Spec: Mastodon documentation, entities/QuoteApproval
    """

    NOBODY = 0
    PUBLIC = 1
    FOLLOWERS = 2
    FOLLOWING = 4
    UNSUPPORTED = 8


Consent: TypeAlias = Literal["automatic", "manual", "denied", "unknown"]
"""What the author of a post says to somebody who wants to quote it: yes, once asked, no, or what nobody can tell."""


class Deed(IntEnum):
    """What people do with a post of another server that its author may want to be asked for. Stored as its number."""

    LIKE = 0
    REPLY = 1
    BOOST = 2


class Permit(msgspec.Struct, frozen=True, kw_only=True):
    """Whom the author of a post of another server lets do something with it: at once, and once they agree.

    Both are addresses of actors, of their followers or followings, or of everybody. Without a permit everybody may.
    """

    deed: Deed
    automatic: tuple[str, ...]
    manual: tuple[str, ...]


class QuoteState(IntEnum):
    """What the author of a quoted post said to the quote. Stored as its number.

    Spec: Mastodon documentation, entities/Quote#state
    """

    PENDING = 0
    ACCEPTED = 1
    REJECTED = 2
    REVOKED = 3


QuoteSight: TypeAlias = Literal[
    "pending",
    "accepted",
    "rejected",
    "revoked",
    "deleted",
    "unauthorized",
    "blocked_account",
    "blocked_domain",
    "muted_account",
]
"""What a viewer is told of a quote: its state, or what keeps them from seeing what is quoted."""


class QuoteDraft(msgspec.Struct, frozen=True, kw_only=True):
    """Which post is quoted, whose it is, and what they have said to it."""

    quoted_id: PostId
    quoted_account_id: AccountId
    state: QuoteState


class Quote(msgspec.Struct, frozen=True, kw_only=True):
    """That a post quotes another one. `quoted_id` is None when that one is gone."""

    id: QuoteId
    post_id: PostId
    account_id: AccountId
    quoted_id: PostId | None
    quoted_account_id: AccountId | None
    state: QuoteState
    visibility: Visibility
    """Of the post that quotes."""


class PollDraft(msgspec.Struct, frozen=True, kw_only=True):
    """A poll as asked for, or as another server says that it is.

    `expires_in` or `ends_at`: when it ends; without either it never does. `tallies`, `voters`: of another server.
    """

    options: tuple[str, ...]
    expires_in: timedelta | None = None
    ends_at: datetime | None = None
    tallies: tuple[int, ...] = ()
    voters: int = 0
    multiple: bool = False
    hide_totals: bool = False


class Totals(msgspec.Struct, frozen=True):
    """How often a post was answered, boosted and liked as its own server says; None where it says nothing."""

    replies: int | None = None
    reblogs: int | None = None
    favourites: int | None = None


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
    chosen: tuple[Chosen, ...] = ()
    """The files of a post that is written here."""
    media: tuple[RemoteFile, ...] = ()
    """The files of a post of another server."""
    quote: QuoteDraft | None = None
    quote_automatic: Quoters = Quoters.NOBODY
    quote_manual: Quoters = Quoters.NOBODY
    app_id: AppId | None = None
    created_at: datetime | None = None
    edited_at: datetime | None = None
    permits: tuple[Permit, ...] = ()
    """Of a post of another server: what not everybody may do with it."""
    group_id: AccountId | None = None
    """The group that it is written in. An answer is in that of what it answers when nothing else is said."""
    held_visibility: Visibility | None = None
    """How far it will reach once it is approved; until then those whom it names may read it, and nobody else."""
    answers_uri: str | None = None
    """The post of another server that this one answers and that nobody here knows yet."""
    live: bool = True
    """Whether it is news: others hear of it. Old posts that were only fetched stand where they belong, unheard."""
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
    quote_automatic: Quoters
    quote_manual: Quoters
    author_suspended: bool
    answers_others: bool = False
    """Whether it answers somebody else, or something that nobody here knows yet."""
    held_visibility: Visibility | None = None
    """How far an answer will reach once the author of what it answers approves it."""


class Placed(msgspec.Struct, frozen=True):
    """A post in a list of addresses. `uri` is None for posts of this server: it follows from the rest."""

    id: PostId
    account_id: AccountId
    uri: str | None


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

    `mentioned`: the viewer is named in the post. `follows`: the viewer follows the author. `followed_by`: the author
    follows the viewer. `blocked_by`, `blocks`, `mutes`: between viewer and author. `hides_domain`: the viewer
    hides the server of the author.
    """

    mentioned: bool = False
    follows: bool = False
    blocks: bool = False
    blocked_by: bool = False
    mutes: bool = False
    hides_domain: bool = False
    followed_by: bool = False


NO_TIES = Ties()


class Claim(msgspec.Struct, frozen=True):
    """What an idempotency key stands for: a post, or a post to come."""

    post_id: PostId | None
    scheduled_id: ScheduledId | None
