"""The words of direct threads."""

import msgspec

from marula.base.kernel.ids import AccountId, DirectThreadId, PostId


class DirectThread(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody sees of a conversation in direct posts: those written to the same people.

    `account_id`: who sees it. `participants`: the others, whose writing and being named make it.
    `last_post_id`: the newest of its posts, its place in the list of threads.
    """

    id: DirectThreadId
    account_id: AccountId
    participants: tuple[AccountId, ...]
    last_post_id: PostId
    unread: bool
