"""The facts of interactions with posts."""

from marula.base.events import Fact
from marula.base.kernel.ids import AccountId, PostId


class PostFavourited(Fact, frozen=True, kw_only=True):
    """An account marked a post as a favourite. `favourite_id` tells this time from any other.

    `local`: whether the post is of this server. `reacted`: it goes with a reaction, which says more.
    """

    favourite_id: int
    account_id: AccountId
    post_id: PostId
    author_id: AccountId
    local: bool
    reacted: bool = False


class PostUnfavourited(Fact, frozen=True, kw_only=True):
    """The mark was taken back."""

    favourite_id: int
    account_id: AccountId
    post_id: PostId
    author_id: AccountId
    local: bool
    reacted: bool = False


class PostReacted(Fact, frozen=True, kw_only=True):
    """An account reacted to a post with an emoji. `reaction_id` tells this time from any other.

    `local`: whether the post is of this server. `name`: a character, or the shortcode of a custom emoji, of the server
    `domain`; that is empty for characters and for emoji of this server.
    """

    reaction_id: int
    account_id: AccountId
    post_id: PostId
    author_id: AccountId
    local: bool
    name: str
    domain: str


class PostUnreacted(Fact, frozen=True, kw_only=True):
    """The reaction was taken back."""

    reaction_id: int
    account_id: AccountId
    post_id: PostId
    author_id: AccountId
    local: bool
    name: str
    domain: str


class PostPinned(Fact, frozen=True, kw_only=True):
    """A post was put on top of its author's profile. `pin_id` tells this time from any other."""

    pin_id: int
    account_id: AccountId
    post_id: PostId


class PostUnpinned(Fact, frozen=True, kw_only=True):
    """A post was taken from the top of its author's profile."""

    pin_id: int
    account_id: AccountId
    post_id: PostId


class PostBookmarked(Fact, frozen=True, kw_only=True):
    """An account keeps a post for later; that is for nobody else to know. `bookmark_id` tells this time from others."""

    bookmark_id: int
    account_id: AccountId
    post_id: PostId


class PostUnbookmarked(Fact, frozen=True, kw_only=True):
    """The post is kept no longer."""

    bookmark_id: int
    account_id: AccountId
    post_id: PostId
