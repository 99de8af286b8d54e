"""The facts of posts."""

from marula.base.events import Fact
from marula.base.kernel.ids import AccountId, ConversationId, PollId, PostId, QuoteId
from marula.domain.posts.types import Visibility


class PostPublished(Fact, frozen=True, kw_only=True):
    """A post or a boost came into being, written here or received."""

    post_id: PostId
    account_id: AccountId
    local: bool
    visibility: Visibility
    reblog_of_id: PostId | None = None
    in_reply_to_id: PostId | None = None
    in_reply_to_account_id: AccountId | None = None
    conversation_id: ConversationId | None = None
    live: bool = True
    """False for an old post that was only fetched: no feed shows it, and nobody is told."""


class AnswerLinked(Fact, frozen=True, kw_only=True):
    """What a young post answers has come, which nobody here knew before, or its author approves the answer: others
    than before may see it."""

    post_id: PostId
    account_id: AccountId
    in_reply_to_id: PostId


class PostRevised(Fact, frozen=True, kw_only=True):
    """Text, warning, poll or media of a post were changed."""

    post_id: PostId
    account_id: AccountId
    local: bool


class PostReread(Fact, frozen=True, kw_only=True):
    """What another server once sent was read anew, and more was understood of it. It is no edit: nobody is told."""

    post_id: PostId
    account_id: AccountId


class PostDeleted(Fact, frozen=True, kw_only=True):
    """A post or a boost is gone, and what hung on it. Its audience can no longer be read, so it is told here.

    `reached`: of each other server one account that had to do with it, or whose post it answered or quoted.
    """

    post_id: PostId
    account_id: AccountId
    local: bool
    visibility: Visibility
    uri: str | None = None
    reblog_of_id: PostId | None = None
    mentioned: tuple[AccountId, ...] = ()
    reached: tuple[AccountId, ...] = ()
    tags: tuple[str, ...] = ()


class BoostsDeleted(Fact, frozen=True, kw_only=True):
    """Boosts went with the post that they shared: a part of them, each with who had boosted."""

    post_id: PostId
    boosts: tuple[tuple[PostId, AccountId], ...]


class QuoteAccepted(Fact, frozen=True, kw_only=True):
    """A post quotes another one, and the author of that agrees: at once by their policy, or when asked."""

    quote_id: QuoteId
    post_id: PostId
    account_id: AccountId
    quoted_id: PostId
    quoted_account_id: AccountId


class QuoteRevoked(Fact, frozen=True, kw_only=True):
    """The author of a quoted post no longer agrees to the quote."""

    quote_id: QuoteId
    post_id: PostId
    account_id: AccountId
    quoted_id: PostId
    quoted_account_id: AccountId


class QuotePolicyChanged(Fact, frozen=True, kw_only=True):
    """Others than before may quote a post."""

    post_id: PostId
    account_id: AccountId


class AnswerApproved(Fact, frozen=True, kw_only=True):
    """The author of what it answers approved an answer of ours, or approves it no longer."""

    post_id: PostId
    account_id: AccountId


class PollVoted(Fact, frozen=True, kw_only=True):
    """Somebody chose options of a poll."""

    poll_id: PollId
    post_id: PostId
    account_id: AccountId
    choices: tuple[int, ...]


class PollEnded(Fact, frozen=True, kw_only=True):
    """A poll reached its end; everybody who took part may be told the result."""

    poll_id: PollId
    post_id: PostId
    account_id: AccountId
