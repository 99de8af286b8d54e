"""Conversations: direct posts in threads, as each person who takes part sees them.

A thread belongs to one person; the same conversation has one for each person and, when different people are named in
it, for each set of people. It is unread until that person reads it or answers.

Tables owned: direct_threads, direct_thread_posts.
"""

from marula.domain.conversations import reactions
from marula.domain.conversations.actions import mark, remove
from marula.domain.conversations.events import ConversationRemoved, ConversationUpdated
from marula.domain.conversations.reading import own
from marula.domain.conversations.store import by_id, of_account
from marula.domain.conversations.types import DirectThread

__all__ = [
    "ConversationRemoved",
    "ConversationUpdated",
    "DirectThread",
    "by_id",
    "mark",
    "of_account",
    "own",
    "reactions",
    "remove",
]
