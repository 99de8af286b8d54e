"""A direct thread."""

from marula.entities.account import Account
from marula.entities.entity import Entity
from marula.entities.scalars import Id
from marula.entities.status import Status


class Conversation(Entity, kw_only=True):
    """A direct thread, with its latest post.

    Spec: Mastodon documentation, entities/Conversation
    """

    id: Id
    unread: bool
    accounts: list[Account]
    last_status: Status | None
