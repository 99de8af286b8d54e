"""Facts and their reactions."""

from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

import msgspec

from marula.base.db import Tx
from marula.base.events.live import announce
from marula.base.jobs.registry import Job, Lane, register
from marula.base.jobs.store import Enqueued, insert

C = TypeVar("C")
F = TypeVar("F", bound="Fact")


class Fact(msgspec.Struct, frozen=True, kw_only=True):
    """Something that happened. Subclasses name it in the past tense and hold ids."""


class Reaction(msgspec.Struct, frozen=True):
    """A job that follows from a fact, unless `when` says that this one does not concern it."""

    job: Job
    when: Callable[[Any], bool] | None


BROADCAST = "happened"
"""Live topic: a fact that is broadcast, as its name, a space and its JSON."""

LONGEST = 7500
"""Bytes of a fact that one live message holds."""

facts: dict[str, type[Fact]] = {}
_broadcast: dict[type[Fact], Callable[[Any], bool] | None] = {}
_reactions: dict[type[Fact], list[Reaction]] = {}


def reacts_to(
    kind: type[F], *, lane: Lane = "now", when: Callable[[F], bool] | None = None, attempts: int = 12
) -> Callable[[Callable[[C, F], Awaitable[None]]], Callable[[C, F], Awaitable[None]]]:
    """Run this function, as a job, after every fact of this kind for which the pure predicate `when` holds."""

    def declare(run: Callable[[C, F], Awaitable[None]]) -> Callable[[C, F], Awaitable[None]]:
        entry = register(run, lane=lane, attempts=attempts, priority=0)
        _reactions.setdefault(kind, []).append(Reaction(entry, when))
        return run

    return declare


def broadcast(kind: type[F], *, when: Callable[[F], bool] | None = None) -> None:
    """Let every process hear of facts of this kind as they are committed, or of those for which `when` holds.

    Like all live messages these may be missed; of a fact that is too long for one, only the name is told.
    """
    _broadcast[kind] = when


def reactions_of(kind: type[Fact]) -> list[Reaction]:
    """What follows from facts of this kind."""
    return _reactions.get(kind, [])


async def record(tx: Tx, fact: Fact) -> None:
    """Write the fact and enqueue its reactions.

    Costs: two statements; one when nothing reacts; one more when it is broadcast.
    """
    kind = type(fact)
    facts.setdefault(kind.__name__, kind)
    body = msgspec.json.encode(fact).decode()
    await tx.run("insert into facts (kind, body, happened_at) values ($1, $2, $3)", kind.__name__, body, tx.now)
    if kind in _broadcast and ((when := _broadcast[kind]) is None or when(fact)):
        await announce(tx, BROADCAST, f"{kind.__name__} {body if len(body.encode()) <= LONGEST else ''}")
    due = [reaction.job for reaction in reactions_of(kind) if reaction.when is None or reaction.when(fact)]
    await insert(tx, [Enqueued(job, f"[{body}]", tx.now) for job in due])
