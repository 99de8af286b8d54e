"""The fragments that this process remembers."""

from weakref import WeakKeyDictionary

from marula.base.events import Memory
from marula.domain.context import Context
from marula.views.fragments import Fragments

POSTS = 24 * 1024 * 1024
ACCOUNTS = 8 * 1024 * 1024


class Shelves:
    """Fragments of posts and of accounts."""

    def __init__(self) -> None:
        self.posts = Fragments(POSTS)
        self.accounts = Fragments(ACCOUNTS)

    def clear(self) -> None:
        """Forget all: something that many fragments show has changed."""
        self.posts.clear()
        self.accounts.clear()


_shelves: WeakKeyDictionary[Memory, Shelves] = WeakKeyDictionary()


def of(ctx: Context) -> Shelves:
    """The shelves of the process that this context belongs to. Emptied whenever a remembered value is forgotten."""
    found = _shelves.get(ctx.memory)
    if found is None:
        found = _shelves[ctx.memory] = Shelves()
        ctx.memory.on_forgotten(found.clear)
    return found
