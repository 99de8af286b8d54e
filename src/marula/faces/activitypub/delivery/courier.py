"""The courier: leases lines, carries what waits in them to the inboxes, and sleeps until it is woken."""

import asyncio
import contextlib
import random
from datetime import UTC, datetime, timedelta
from typing import Any

from marula.base.kernel.errors import Unreachable
from marula.base.observe import logs
from marula.domain import deliveries, servers
from marula.domain.context import Context
from marula.domain.deliveries import Carried, Line, Owed
from marula.faces.activitypub.delivery.carrying import Bag, carry
from marula.faces.activitypub.delivery.hosts import PER_HOST, Hosts

log = logs.logger("delivery")

LINES, FAILING = 192, 48
"""Lines that one courier carries at a time, and how many of these may be lines that failed before."""

QUEUE = 20
"""Deliveries of one line that are taken at a time."""

GATHER = 0.01
"""Seconds for which a busy courier lets lines end before it writes what became of them, all together."""

SHORTEST_SLEEP = 0.1
"""Seconds. What is due may be in the hands of another, or wait for a server that is busy."""

LONGEST_SLEEP = timedelta(seconds=5)
"""A courier looks again after this time although nobody woke it."""

AFTER_BUG = timedelta(minutes=5)
"""How long a line rests that a mistake in this program stopped."""

NOTED_EVERY = timedelta(minutes=5)
"""How often the same is noted about the health of a server."""


class Courier:
    """Carries deliveries until it is asked to stop. `haste`: pauses are this many times shorter; for tests."""

    def __init__(self, ctx: Context, *, haste: float = 1) -> None:
        self._ctx = ctx
        self._haste = haste
        self._number = random.getrandbits(31)
        self._hosts = Hosts(rest=timedelta(seconds=60 / haste))
        self._bag = Bag(ctx, self._hosts)
        self._wake = asyncio.Event()
        self._running: dict[asyncio.Task[None], Line] = {}
        self._done: list[Carried] = []
        self._next_housekeeping = datetime.min.replace(tzinfo=UTC)

    async def run(self, stop: asyncio.Event, *, grace: timedelta = timedelta(seconds=8)) -> None:
        """Work until `stop` is set, then let what is under way end within `grace` and give the rest back.

        Raises ConnectionError when the database connection that marks this courier as alive is lost: whoever started
        it starts another.
        """
        alive = await self._ctx.db.dedicated("marula-courier")
        lost = asyncio.Event()

        def note_loss(_: Any) -> None:
            lost.set()
            self._wake.set()

        def wake(*_: Any) -> None:
            self._wake.set()

        alive.add_termination_listener(note_loss)
        await alive.execute("select pg_advisory_lock($1, $2)", deliveries.LEASES, self._number)
        await alive.add_listener(deliveries.WAKE, wake)
        stopper = asyncio.create_task(self._wake_when(stop))
        try:
            while not stop.is_set() and not lost.is_set():
                self._wake.clear()
                await self._housekeeping()
                if await self._turn():
                    await asyncio.sleep(GATHER)
                else:
                    await self._sleep()
            if lost.is_set():
                raise ConnectionError("the connection to the database was lost")
        finally:
            stopper.cancel()
            await self._drain(grace)
            await alive.close()

    async def run_due(self) -> int:
        """Carry everything that is due, until nothing is left. Gives the number of lines that were carried."""
        total = 0
        while leased := await self._lease():
            for line, owed in leased:
                await self._attempt(line, owed)
            total += len(leased)
            await self._conclude()
        return total

    async def _wake_when(self, stop: asyncio.Event) -> None:
        await stop.wait()
        self._wake.set()

    async def _housekeeping(self) -> None:
        now = self._ctx.clock.now()
        if now < self._next_housekeeping:
            return
        self._next_housekeeping = now + LONGEST_SLEEP
        self._hosts.forget(now)
        async with self._ctx.db.transaction("relaxed") as tx:
            returned = await deliveries.reclaim(tx)
        if returned:
            log.warning("took over the deliveries of a courier that died", lines=returned)

    async def _turn(self) -> bool:
        """Write what ended and take as much as there is room for. Says whether there was either."""
        concluded = await self._conclude()
        leased = await self._lease()
        for line, owed in leased:
            task = asyncio.create_task(self._attempt(line, owed))
            self._running[task] = line
            task.add_done_callback(self._ended)
        return bool(leased) or concluded

    async def _lease(self) -> list[tuple[Line, list[Owed]]]:
        free = LINES - len(self._running)
        failing = FAILING - sum(1 for line in self._running.values() if line.failures)
        if free <= 0:
            return []
        now = self._ctx.clock.now()
        await self._bag.look_around()
        lots = {False: free, True: max(0, min(free, failing))}
        async with self._ctx.db.transaction("relaxed") as tx:
            leased = await deliveries.lease(tx, self._number, lots, self._hosts.busy(now), PER_HOST, QUEUE)
            await self._bag.fill(tx, [owed.parcel_id for _, queue in leased for owed in queue])
            await servers.remember_forms(self._ctx, tx, {line.host for line, _ in leased})
        for line, _ in leased:
            self._hosts.of(line.host).lines += 1
        return leased

    async def _attempt(self, line: Line, owed: list[Owed]) -> None:
        carried = await self._carried(line, owed)
        self._done.append(carried)

    async def _carried(self, line: Line, owed: list[Owed]) -> Carried:
        try:
            with logs.bound(host=line.host):
                return await carry(self._bag, line, owed, more=len(owed) == QUEUE, haste=self._haste)
        except Exception as error:
            log.error("a line of deliveries failed", host=line.host, error=error)
            return Carried(line=line, again_at=self._ctx.clock.now() + AFTER_BUG, why="this server failed, see its log")
        finally:
            self._hosts.of(line.host).lines -= 1

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._running.pop(task, None)
        self._wake.set()

    async def _conclude(self) -> bool:
        """Write what became of the lines that ended, and of the health of their servers. Says whether any did."""
        done = list(self._done)
        if not done:
            return False
        async with self._ctx.db.transaction("relaxed") as tx:
            await deliveries.conclude(tx, self._number, done)
        del self._done[: len(done)]
        reached, failed = self._bag.noted(NOTED_EVERY)
        back = self._bag.back()
        if reached or failed or back:
            async with self._ctx.db.transaction("relaxed") as tx:
                await deliveries.hurry(tx, back)
                await servers.reached(tx, reached)
                gone = await servers.failed(tx, failed)
                await deliveries.drop(tx, gone)
        return True

    async def _sleep(self) -> None:
        now = self._ctx.clock.now()
        busy = [host for host, lines in self._hosts.busy(now).items() if lines >= PER_HOST]
        moments = [now + LONGEST_SLEEP]
        if len(self._running) < LINES:
            async with self._ctx.db.reading() as db:
                moments.append(await deliveries.next_due(db, busy) or moments[0])
            moments.append(self._hosts.next_end(now) or moments[0])
        pause = max(SHORTEST_SLEEP, (min(moments) - now).total_seconds())
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._wake.wait(), pause)

    async def _drain(self, grace: timedelta) -> None:
        if self._running:
            await asyncio.wait(set(self._running), timeout=grace.total_seconds())
        unfinished = list(self._running)
        for task in unfinished:
            task.cancel()
        await asyncio.gather(*unfinished, return_exceptions=True)
        with contextlib.suppress(Unreachable):  # then whoever lives takes the lines back
            await self._conclude()
            async with self._ctx.db.transaction() as tx:
                await deliveries.give_back(tx, self._number)
