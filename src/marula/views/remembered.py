"""The fragments that this process remembers."""

from weakref import WeakKeyDictionary

from marula.base.events import Memory
from marula.domain.context import Context
from marula.views.fragments import Fragments

POSTS = 16 * 1024 * 1024
SHOWN = 16 * 1024 * 1024
ACCOUNTS = 8 * 1024 * 1024
PEOPLE = 8 * 1024 * 1024
TEXTS = 4 * 1024 * 1024


class Shelves:
    """Fragments of posts and of accounts by version, whole posts and people by all that shows of them, and
    what posts say in plain words."""

    def __init__(self) -> None:
        self.posts = Fragments(POSTS)
        self.shown = Fragments(SHOWN)
        self.accounts = Fragments(ACCOUNTS)
        self.people = Fragments(PEOPLE)
        self.texts = Fragments(TEXTS)

    def clear(self) -> None:
        """Forget all: something that many fragments show has changed."""
        self.posts.clear()
        self.shown.clear()
        self.accounts.clear()
        self.people.clear()
        self.texts.clear()


_shelves: WeakKeyDictionary[Memory, Shelves] = WeakKeyDictionary()


def of(ctx: Context) -> Shelves:
    """The shelves of the process that this context belongs to. Emptied whenever a remembered value is forgotten."""
    found = _shelves.get(ctx.memory)
    if found is None:
        found = _shelves[ctx.memory] = Shelves()
        ctx.memory.on_forgotten(found.clear)
    return found
