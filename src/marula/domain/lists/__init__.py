"""Lists: accounts that somebody follows, kept together under a title, with a feed of their own.

The feeds of lists are kept by `timelines`.

Tables owned: lists, list_members.
"""

from marula.domain.lists import reactions
from marula.domain.lists.actions import add, create, delete, remove, revise
from marula.domain.lists.events import ListCreated, ListDeleted, ListMembersAdded, ListMembersRemoved, ListRevised
from marula.domain.lists.reading import own
from marula.domain.lists.store import all_members, members, of_owner, with_member
from marula.domain.lists.types import List, ListChanges, RepliesPolicy

__all__ = [
    "List",
    "ListChanges",
    "ListCreated",
    "ListDeleted",
    "ListMembersAdded",
    "ListMembersRemoved",
    "ListRevised",
    "RepliesPolicy",
    "add",
    "all_members",
    "create",
    "delete",
    "members",
    "of_owner",
    "own",
    "reactions",
    "remove",
    "revise",
    "with_member",
]
