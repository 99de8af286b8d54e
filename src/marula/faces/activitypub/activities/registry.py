"""`@receives` and `@undoes`: what is done when an activity comes in.

A handler is given an activity whose actor is proven and known. It does its network first, then its writes in one
transaction; it may be called twice for one activity. Raising Unreachable means: try again later. Any other exception
is a bug: it is logged, and the activity is tried again until it is dead.

Spec: ActivityPub, 7 (server to server interactions)
"""

from collections.abc import Awaitable, Callable
from typing import Any, TypeAlias, TypeVar

import msgspec

from marula.base.kernel.ids import AccountId
from marula.domain.context import Context
from marula.faces.activitypub.reading import Document, id_of, ids_of, kind_of
from marula.faces.activitypub.reading.values import document


class Activity(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody of another server did, as they say.

    `object`: as it was sent, which may be anything. `inbox_of`: whose own inbox it came to; None for the shared one.
    """

    actor: AccountId
    actor_uri: str
    id: str | None
    kind: str
    object: Any
    to: tuple[str, ...]
    cc: tuple[str, ...]
    document: Document
    inbox_of: AccountId | None = None

    @property
    def object_uri(self) -> str | None:
        """The id of its object, named or embedded."""
        return id_of(self.object)

    @property
    def embedded(self) -> Document | None:
        """Its object, when it is there whole or in part."""
        return document(self.object)

    @property
    def object_kind(self) -> str:
        """The type of its object; empty when that is only named."""
        return "" if self.embedded is None else kind_of(self.embedded)


class Undone(msgspec.Struct, frozen=True, kw_only=True):
    """What an Undo takes back: the id it had, and the id of what it was about. One of them may be unknown.

    `embedded`: what it was about, when that is there whole or in part.
    """

    uri: str | None
    object_uri: str | None
    embedded: Document | None = None


class Accepted(msgspec.Struct, frozen=True):
    """It took effect, now or earlier."""


class Ignored(msgspec.Struct, frozen=True):
    """It is fine and changes nothing here, for this reason."""

    why: str


class Rejected(msgspec.Struct, frozen=True):
    """It is wrong or not theirs to do, for this reason."""

    why: str


Outcome: TypeAlias = Accepted | Ignored | Rejected
Receive: TypeAlias = Callable[[Context, Activity], Awaitable[Outcome]]
Undo: TypeAlias = Callable[[Context, Activity, Undone], Awaitable[Outcome]]
R = TypeVar("R", bound=Receive)
U = TypeVar("U", bound=Undo)

received: dict[str, Receive] = {}
"""What is done with each type of activity."""

undone: dict[str, Undo] = {}
"""What is done when an activity of this type is taken back."""


def receives(*kinds: str) -> Callable[[R], R]:
    """Give activities of these types to this handler. Raises ValueError when one has a handler already."""

    def declare(run: R) -> R:
        for kind in kinds:
            if kind in received:
                raise ValueError(f"two handlers for {kind}")
            received[kind] = run
        return run

    return declare


def undoes(*kinds: str) -> Callable[[U], U]:
    """Give Undo of these types to this handler. Raises ValueError when one has a handler already."""

    def declare(run: U) -> U:
        for kind in kinds:
            if kind in undone:
                raise ValueError(f"two handlers for Undo of {kind}")
            undone[kind] = run
        return run

    return declare


def activity_of(document: Document, actor: AccountId, actor_uri: str, inbox_of: AccountId | None = None) -> Activity:
    """The activity that a document describes. Whether the actor may say so is decided before."""
    return Activity(
        actor=actor,
        actor_uri=actor_uri,
        id=id_of(document),
        kind=kind_of(document, tuple(received)),
        object=document.get("object"),
        to=tuple(ids_of(document.get("to"))),
        cc=tuple(ids_of(document.get("cc"))),
        document=document,
        inbox_of=inbox_of,
    )
