"""The worker of the intake: leases lines, works on what waits in them, several signers at a time, and sleeps until
it is woken.
"""

import asyncio
import contextlib
import random
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from prometheus_client import Counter, Histogram

from marula.base.kernel.errors import Conflict, Unreachable
from marula.base.observe import logs, metrics
from marula.domain import intake
from marula.domain.context import Context
from marula.domain.intake import TRIES, Concluded, Line, Waiting
from marula.faces.activitypub.activities.registry import Accepted, Ignored, Outcome, received
from marula.faces.activitypub.inbox.processing import process

log = logs.logger("intake")

LINES = 24
"""Signers that are worked on at a time. Most of them wait for the database or for other servers."""

QUEUE = 20
"""Arrivals of one signer that are taken at a time."""

LIMIT = timedelta(minutes=5)
"""An arrival that takes longer is cancelled and tried again."""

LONGEST_SLEEP = timedelta(seconds=5)
"""A worker looks again after this time although nobody woke it."""

SHORTEST_SLEEP = 0.1
"""Seconds."""

outcomes = Counter("marula_intake_outcomes", "What became of activities of other servers", ["kind", "outcome"])
seconds = Histogram("marula_intake_seconds", "Time an activity took", ["kind"], buckets=metrics.BUCKETS)


class IntakeWorker:
    """Works on what other servers sent until it is asked to stop."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx
        self._number = random.getrandbits(31)
        self._wake = asyncio.Event()
        self._running: set[asyncio.Task[None]] = set()
        self._done: list[tuple[Line, Sequence[Concluded]]] = []
        self._next_housekeeping = datetime.min.replace(tzinfo=UTC)

    async def run(self, stop: asyncio.Event, *, grace: timedelta = timedelta(seconds=8)) -> None:
        """Work until `stop` is set, then let what is under way end within `grace` and give the rest back.

        Raises ConnectionError when the database connection that marks this worker as alive is lost: whoever started
        it starts another.
        """
        alive = await self._ctx.db.dedicated("marula-intake")
        lost = asyncio.Event()

        def note_loss(_: Any) -> None:
            lost.set()
            self._wake.set()

        def wake(*_: Any) -> None:
            self._wake.set()

        alive.add_termination_listener(note_loss)
        await alive.execute("select pg_advisory_lock($1, $2)", intake.LEASES, self._number)
        await alive.add_listener(intake.WAKE, wake)
        stopper = asyncio.create_task(self._wake_when(stop))
        try:
            while not stop.is_set() and not lost.is_set():
                self._wake.clear()
                await self._housekeeping()
                if not await self._turn():
                    await self._sleep()
            if lost.is_set():
                raise ConnectionError("the connection to the database was lost")
        finally:
            stopper.cancel()
            await self._drain(grace)
            await alive.close()

    async def run_due(self) -> int:
        """Work on everything that is due, until nothing is left. Gives the number of arrivals that were worked on."""
        total = 0
        while leased := await self._conclude_and_lease():
            for line, queue in leased:
                await self._work(line, queue)
                total += len(queue)
        return total

    async def _wake_when(self, stop: asyncio.Event) -> None:
        await stop.wait()
        self._wake.set()

    async def _housekeeping(self) -> None:
        now = self._ctx.clock.now()
        if now < self._next_housekeeping:
            return
        self._next_housekeeping = now + LONGEST_SLEEP
        async with self._ctx.db.transaction("relaxed") as tx:
            returned = await intake.reclaim(tx)
        if returned:
            log.warning("took over what a worker had in hand that died", lines=returned)

    async def _turn(self) -> bool:
        """Write what ended and take as much as there is room for. Says whether anything was taken."""
        leased = await self._conclude_and_lease()
        for line, queue in leased:
            task = asyncio.create_task(self._work(line, queue))
            self._running.add(task)
            task.add_done_callback(self._ended)
        return bool(leased) or bool(self._done)

    async def _conclude_and_lease(self) -> list[tuple[Line, list[Waiting]]]:
        """What is concluded once more, after a crash, is done once more: every activity may be."""
        done, self._done = self._done, []
        async with self._ctx.db.transaction("relaxed") as tx:
            if done:
                await intake.conclude(tx, self._number, done)
            free = LINES - len(self._running)
            return await intake.lease(tx, self._number, free, QUEUE) if free else []

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._running.discard(task)
        self._wake.set()

    async def _work(self, line: Line, queue: Sequence[Waiting]) -> None:
        """Work on a line in order; when this is cancelled, what was done is concluded."""
        concluded: list[Concluded] = []
        try:
            for one in queue:
                concluded.append(await self._attempt(one))  # noqa: PERF401 - kept when this is cancelled in between
        finally:
            self._done.append((line, concluded))

    async def _attempt(self, arrival: Waiting) -> Concluded:
        with logs.bound(arrival=arrival.id, kind=arrival.kind, actor=arrival.actor):
            try:
                with seconds.labels(_label(arrival.kind)).time():
                    outcome = await asyncio.wait_for(process(self._ctx, arrival), LIMIT.total_seconds())
            except (Unreachable, Conflict) as error:
                log.info("an activity is tried again later", why=error.why)
                return self._failed(arrival, error.why)
            except Exception as error:
                log.error("an activity failed", attempt=arrival.attempts + 1, error=error)
                return self._failed(arrival, logs.words(error))
        return _concluded(arrival, outcome)

    def _failed(self, arrival: Waiting, why: str) -> Concluded:
        attempts = arrival.attempts + 1
        if attempts >= TRIES:
            outcomes.labels(_label(arrival.kind), "dead").inc()
            return Concluded(id=arrival.id, state="dead", why=why)
        pause = intake.pause(attempts, random.random())  # noqa: S311 - not a secret
        return Concluded(id=arrival.id, state="waiting", why=why, again_at=self._ctx.clock.now() + pause)

    async def _sleep(self) -> None:
        now = self._ctx.clock.now()
        due = now + LONGEST_SLEEP
        if len(self._running) < LINES:
            async with self._ctx.db.reading() as db:
                due = min(due, await intake.next_due(db) or due)
        pause = max(SHORTEST_SLEEP, (due - now).total_seconds())
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._wake.wait(), pause)

    async def _drain(self, grace: timedelta) -> None:
        if self._running:
            await asyncio.wait(set(self._running), timeout=grace.total_seconds())
        unfinished = set(self._running)
        for task in unfinished:
            task.cancel()
        await asyncio.gather(*unfinished, return_exceptions=True)
        done, self._done = self._done, []
        with contextlib.suppress(Unreachable):  # then whoever lives takes the lines back
            async with self._ctx.db.transaction() as tx:
                await intake.conclude(tx, self._number, done)
                await intake.give_back(tx, self._number)


def _concluded(arrival: Waiting, outcome: Outcome) -> Concluded:
    kind = _label(arrival.kind)
    if isinstance(outcome, Accepted):
        outcomes.labels(kind, "accepted").inc()
        return Concluded(id=arrival.id, state="accepted")
    if isinstance(outcome, Ignored):
        outcomes.labels(kind, "ignored").inc()
        return Concluded(id=arrival.id, state="ignored", why=outcome.why)
    outcomes.labels(kind, "rejected").inc()
    return Concluded(id=arrival.id, state="rejected", why=outcome.why)


def _label(kind: str) -> str:
    """What is counted under this name: others may send types without end."""
    return kind if kind in received else "other"
