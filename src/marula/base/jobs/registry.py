"""The job functions of the program, by name."""

import inspect
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from typing import Any, Concatenate, Literal, ParamSpec, TypeAlias, TypeVar, get_type_hints

import msgspec

C = TypeVar("C")
P = ParamSpec("P")

Lane: TypeAlias = Literal[
    "now", "fan_out", "feeds", "notify", "mail", "push", "federation", "fetching", "media", "cards", "upkeep"
]
Runs: TypeAlias = Callable[Concatenate[C, P], Awaitable[None]]

LANES: tuple[Lane, ...] = (
    "now",
    "fan_out",
    "feeds",
    "notify",
    "mail",
    "push",
    "federation",
    "fetching",
    "media",
    "cards",
    "upkeep",
)

IN_TURN: tuple[Lane, ...] = ("fan_out", "notify")
"""Lanes whose jobs run one after another, over all workers, in the order in which they were enqueued. A job that fails
lets the others go on, and comes again later. They stand in the statement that leases and in an index, too.
"""


class Job(msgspec.Struct, frozen=True):
    """One job function and how it is to be run."""

    name: str
    run: Callable[..., Awaitable[None]]
    lane: Lane
    attempts: int
    priority: int
    arguments: Any
    """A tuple type: what the JSON array of a row is converted to."""

    def decode(self, raw: str) -> Sequence[Any]:
        """The arguments of a row, typed. Raises msgspec.ValidationError when the row does not fit the function."""
        return msgspec.json.decode(raw, type=self.arguments)


class Timer(msgspec.Struct, frozen=True):
    """A job without arguments that is enqueued again and again."""

    job: Job
    period: timedelta


jobs: dict[str, Job] = {}
timers: dict[str, Timer] = {}
_by_function: dict[Callable[..., Any], Job] = {}


def job(
    *, lane: Lane, attempts: int = 12, priority: int = 0
) -> Callable[[Callable[Concatenate[C, P], Awaitable[None]]], Callable[Concatenate[C, P], Awaitable[None]]]:
    """Declare a job. Its first parameter is the context, the others are stored as JSON, by position.

    `attempts`: how often it is tried before it is dead. `priority`: smaller runs first within the lane.
    Raises ValueError at import when two jobs share a name.
    """

    def declare(run: Callable[Concatenate[C, P], Awaitable[None]]) -> Callable[Concatenate[C, P], Awaitable[None]]:
        register(run, lane=lane, attempts=attempts, priority=priority)
        return run

    return declare


def register(run: Callable[..., Awaitable[None]], *, lane: Lane, attempts: int, priority: int) -> Job:
    """Add a function to the registry under `<feature>.<function>`."""
    feature = run.__module__.removeprefix("marula.").removeprefix("domain.").removesuffix(".reactions")
    name = f"{feature}.{run.__name__}"
    if name in jobs:
        raise ValueError(f"two jobs are named {name}")
    hints = get_type_hints(run)
    kinds = [hints[parameter] for parameter in list(inspect.signature(run).parameters)[1:]]
    entry = Job(name, run, lane, attempts, priority, tuple[tuple(kinds)] if kinds else tuple[()])
    jobs[name] = entry
    _by_function[run] = entry
    return entry


def job_of(run: Callable[..., Any]) -> Job:
    """The registry's entry of a job function. Raises KeyError when it was not declared with `@job`."""
    return _by_function[run]


def every(period: timedelta) -> Callable[[Callable[[C], Awaitable[None]]], Callable[[C], Awaitable[None]]]:
    """Run a job without arguments every `period`, on one worker of all, also when workers were down meanwhile."""

    def declare(run: Callable[[C], Awaitable[None]]) -> Callable[[C], Awaitable[None]]:
        entry = _by_function[run]
        timers[entry.name] = Timer(entry, period)
        return run

    return declare
