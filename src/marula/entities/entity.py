"""The base of all entities, and the way to put an already rendered one inside another."""

from typing import TypeVar, cast

from msgspec import Raw, Struct


class Entity(Struct, kw_only=True, gc=False):
    """The base of every shape. Entities are trees, written once and never tied in a circle, so the garbage
    collector need not look at them."""


class Empty(Entity, kw_only=True):
    """The object {}: done, and nothing to tell.

    Spec: Mastodon documentation, methods that answer with an empty object
    """


E = TypeVar("E", bound=Entity)


def rendered(kind: type[E], fragment: bytes) -> E:
    """A place holder for an entity whose JSON is already there: encoding the parent copies the bytes as they are.

    Takes: the declared type of the field, and one complete JSON value of that shape.
    Gives: something to put into the field and to encode; it has no attributes to read.
    """
    del kind
    return cast(E, Raw(fragment))
