"""The worker: leases job rows, runs them side by side, deletes them, and sleeps until it is woken."""

import asyncio
import contextlib
import random
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from operator import itemgetter
from typing import Any, Protocol

from marula.base.db import Database, Row
from marula.base.jobs import store
from marula.base.jobs.registry import IN_TURN, jobs, timers
from marula.base.kernel.clock import Clock
from marula.base.observe import logs, metrics

log = logs.logger("jobs")

SIDE_BY_SIDE = {
    "now": 4,
    "fan_out": 20,
    "feeds": 4,
    "notify": 20,
    "mail": 2,
    "push": 8,
    "federation": 16,
    "fetching": 16,
    "media": 2,
    "cards": 4,
    "upkeep": 1,
}
"""How many jobs of each lane one worker runs at a time; of lanes that run in turn, how many it takes at a time."""

LONGEST_SLEEP = timedelta(seconds=5)
"""A worker looks again after this time although nobody woke it."""

JOB_LIMIT = timedelta(minutes=10)
"""A job that runs longer is cancelled and tried again."""


class HasDatabase(Protocol):
    """What the worker itself needs of the context that it hands to the jobs."""

    @property
    def db(self) -> Database: ...
    @property
    def clock(self) -> Clock: ...


def pause(attempts: int) -> timedelta:
    """How long to wait after the given number of failures: 15 s, then growing with the fourth power, at most a day."""
    base = min(15 + 10 * (attempts - 1) ** 4, 86_400)
    return timedelta(seconds=base + random.uniform(0, base / 4))  # noqa: S311 - not a secret


class Worker:
    """Runs the jobs of some lanes until it is asked to stop."""

    def __init__(self, ctx: HasDatabase, lanes: dict[str, int] | None = None) -> None:
        self._ctx = ctx
        self._lanes = lanes or SIDE_BY_SIDE
        self._number = random.getrandbits(31)
        self._wake = asyncio.Event()
        self._leads: set[str] = set()
        self._running: dict[asyncio.Task[None], tuple[str, list[int]]] = {}
        self._done: list[int] = []
        self._next_housekeeping = datetime.min.replace(tzinfo=UTC)

    async def run(self, stop: asyncio.Event, *, grace: timedelta = timedelta(seconds=8)) -> None:
        """Work until `stop` is set, then let running jobs end within `grace` and give the others back.

        Raises ConnectionError when the database connection that marks this worker as alive is lost: whoever
        started the worker starts it again.
        """
        alive = await self._ctx.db.dedicated("marula-worker")
        lost = asyncio.Event()

        def note_loss(_: Any) -> None:
            lost.set()
            self._wake.set()

        def wake(*_: Any) -> None:
            self._wake.set()

        alive.add_termination_listener(note_loss)
        await alive.execute("select pg_advisory_lock($1, $2)", store.LEASES, self._number)
        await alive.add_listener(store.WAKE, wake)
        stopper = asyncio.create_task(self._wake_when(stop))
        try:
            while not stop.is_set() and not lost.is_set():
                self._wake.clear()
                await self._housekeeping(alive)
                if not await self._fill():
                    await self._sleep()
            if lost.is_set():
                raise ConnectionError("the connection to the database was lost")
        finally:
            stopper.cancel()
            await self._drain(grace)
            self._leads.clear()
            await alive.close()

    async def run_due(self) -> int:
        """Run everything that is due, and what that enqueues, until nothing is left; gives the number of jobs run.

        For tests and for commands that finish what they began. A failing job raises.
        """
        total = 0
        while True:
            async with self._ctx.db.transaction() as tx:
                rows = await store.lease(tx, self._number, dict.fromkeys(self._lanes, 100))
            if not rows:
                return total
            for row in sorted(rows, key=lambda row: row["id"]):
                await self._call(row)
                async with self._ctx.db.transaction() as tx:
                    await store.finish(tx, [row["id"]])
                total += 1

    async def _wake_when(self, stop: asyncio.Event) -> None:
        await stop.wait()
        self._wake.set()

    async def _housekeeping(self, alive: Any) -> None:
        now = self._ctx.clock.now()
        if now < self._next_housekeeping:
            return
        self._next_housekeeping = now + LONGEST_SLEEP
        await self._lead(alive)
        async with self._ctx.db.transaction("relaxed") as tx:
            returned = await store.reclaim(tx)
            due = await store.tick(tx, {name: timer.period for name, timer in timers.items()}) if timers else []
            await store.insert(tx, [store.Enqueued(timers[name].job, "[]", tx.now, once=name) for name in due])
        if returned:
            log.warning("took over the jobs of a worker that died", jobs=returned)

    async def _lead(self, alive: Any) -> None:
        """Run the lanes in turn that no other worker runs; before the rows of the dead return, for those come first."""
        for number, lane in enumerate(IN_TURN):
            wanted = lane in self._lanes and lane not in self._leads
            if wanted and await alive.fetchval("select pg_try_advisory_lock($1, $2)", store.LEADS, number):
                self._leads.add(lane)

    def _mine(self) -> dict[str, int]:
        """The lanes that this worker runs, and how many jobs of each."""
        return {lane: most for lane, most in self._lanes.items() if lane not in IN_TURN or lane in self._leads}

    async def _fill(self) -> bool:
        """Acknowledge what ended and lease as much as there is room for. Says whether anything was leased."""
        used = [lane for lane, _ in self._running.values()]
        busy = {lane: used.count(lane) for lane in used if lane not in IN_TURN}
        free = {
            lane: most - busy.get(lane, 0)
            for lane, most in self._mine().items()
            if busy.get(lane, 0) < most and not (lane in IN_TURN and lane in used)
        }
        done, self._done = self._done, []
        async with self._ctx.db.transaction("relaxed") as tx:
            if done:
                await store.finish(tx, done)
            rows = await store.lease(tx, self._number, free)
        for row in rows:
            if row["lane"] not in IN_TURN:
                self._start(row["lane"], [row])
        for lane in IN_TURN:
            self._start(lane, sorted((row for row in rows if row["lane"] == lane), key=itemgetter("id")))
        return bool(rows) or bool(self._done)

    def _start(self, lane: str, rows: Sequence[Row]) -> None:
        """Run these rows one after another, beside what runs already."""
        if rows:
            left = [row["id"] for row in rows]
            task = asyncio.create_task(self._attempt_each(rows, left))
            self._running[task] = (lane, left)
            task.add_done_callback(self._ended)

    async def _attempt_each(self, rows: Sequence[Row], left: list[int]) -> None:
        for row in rows:
            await self._attempt(row)
            left.remove(row["id"])

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._running.pop(task, None)
        self._wake.set()

    async def _sleep(self) -> None:
        async with self._ctx.db.reading() as db:
            due = await store.next_due(db, list(self._mine()))
        pause = LONGEST_SLEEP
        if due is not None and not self._running:
            pause = min(pause, max(timedelta(), due - self._ctx.clock.now()))
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._wake.wait(), pause.total_seconds())

    async def _attempt(self, row: Row) -> None:
        name = row["name"]
        with logs.bound(job=row["id"], name=name):
            try:
                with metrics.job_seconds.labels(name).time():
                    await asyncio.wait_for(self._call(row), JOB_LIMIT.total_seconds())
            except asyncio.CancelledError as error:
                if _is_cancelled():
                    raise
                await self._failed(row, error)
            except Exception as error:
                await self._failed(row, error)
            else:
                self._done.append(row["id"])

    async def _call(self, row: Row) -> None:
        entry = jobs[row["name"]]
        await entry.run(self._ctx, *entry.decode(row["arguments"]))

    async def _failed(self, row: Row, error: BaseException) -> None:
        name = row["name"]
        metrics.job_failures.labels(name).inc()
        words = logs.words(error)
        last = name not in jobs or row["attempts"] >= jobs[name].attempts
        async with self._ctx.db.transaction() as tx:
            if last:
                await store.bury(tx, row["id"], words)
            else:
                await store.retry_at(tx, row["id"], tx.now + pause(row["attempts"]), words)
        log.error("a job failed", dead=last, attempt=row["attempts"], error=error)

    async def _drain(self, grace: timedelta) -> None:
        if self._running:
            await asyncio.wait(set(self._running), timeout=grace.total_seconds())
        unfinished = dict(self._running)
        for task in unfinished:
            task.cancel()
        await asyncio.gather(*unfinished, return_exceptions=True)
        async with self._ctx.db.transaction() as tx:
            await store.finish(tx, self._done)
            await store.give_back(tx, [identifier for _, left in unfinished.values() for identifier in left])
        self._done = []


def _is_cancelled() -> bool:
    """Whether this task itself was cancelled, and not only something that it waited for."""
    task = asyncio.current_task()
    return task is not None and task.cancelling() > 0


async def run_due(ctx: Any) -> int:
    """Run all due jobs of every lane now, in this process. Gives their number."""
    return await Worker(ctx).run_due()
