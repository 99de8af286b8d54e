"""Carrying one line: what waits in it goes out in order, the same parcel to several inboxes at once."""

import asyncio
import random
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from itertools import groupby

import msgspec

from marula.base.db import Connection
from marula.base.kernel.errors import Unreachable
from marula.base.net import Limits
from marula.base.observe import logs
from marula.domain import boundaries, deliveries
from marula.domain.context import Context
from marula.domain.deliveries import HOLDS_UP, TRIES, Carried, Line, Owed, ParcelId, Tried
from marula.faces.activitypub import calling
from marula.faces.activitypub.delivery.answers import Verdict, judged, silence
from marula.faces.activitypub.delivery.hosts import Hosts
from marula.faces.activitypub.synchronising import Telling

log = logs.logger("delivery")

LIMITS = Limits(size=256 * 1024, time=timedelta(seconds=20), redirects=0)
"""What one inbox may take of us."""

BODIES = 16 * 1024 * 1024
"""Bytes of parcels that a courier keeps at hand, beside those that are under way."""


class Bag:
    """What a courier has with it: the parcels, and what it learns of the servers it comes to."""

    def __init__(self, ctx: Context, hosts: Hosts) -> None:
        self.ctx = ctx
        self.hosts = hosts
        self._bodies: OrderedDict[ParcelId, bytes] = OrderedDict()
        self._reached: set[str] = set()
        self._failed: dict[str, str] = {}
        self._back: set[str] = set()
        self._boundaries = boundaries.Boundaries(blocks={}, allows=frozenset())
        self.telling = Telling(ctx)

    async def look_around(self) -> None:
        """Learn which servers are kept out at this moment."""
        self._boundaries = await boundaries.current(self.ctx)

    def may_go_to(self, host: str) -> bool:
        """Whether anything goes out to this server."""
        return not self._boundaries.stance(host).suspended

    async def fill(self, db: Connection, parcels: Sequence[ParcelId]) -> None:
        """Have these parcels at hand. Costs: one statement, when one is missing."""
        wanted = set(parcels)
        missing = list(wanted - self._bodies.keys())
        if missing:
            self._bodies |= await deliveries.bodies(db, missing)
        held = sum(map(len, self._bodies.values())) if missing else 0
        for parcel in list(self._bodies) if held > BODIES else []:
            if held > BODIES and parcel not in wanted:
                held -= len(self._bodies.pop(parcel))

    def body(self, parcel: ParcelId) -> bytes | None:
        """What is in a parcel; None when it was forgotten meanwhile."""
        return self._bodies.get(parcel)

    def note(self, host: str, verdict: Verdict, now: datetime) -> None:
        """Learn from how a try ended. Whether a server is well is noted now and then only."""
        if verdict.reason == "delivered":
            if self.hosts.took(host, now):
                self._back.add(host)
            self._reached.add(host)
            return
        if not verdict.final:
            self.hosts.failed(host, now, verdict.wait)
        if verdict.failing and verdict.why is not None:
            self._failed[host] = verdict.why

    def back(self) -> list[str]:
        """The servers that took something after they had failed, and have not failed since."""
        back, self._back = self._back, set()
        return [name for name in back if not self.hosts.of(name).failed]

    def noted(self, every: timedelta) -> tuple[list[str], Mapping[str, str]]:
        """What is to be written of the health of servers: those reached; those that failed, and why."""
        now = self.ctx.clock.now()
        reached, failed = self._reached, self._failed
        self._reached, self._failed = set(), {}
        due: list[str] = []
        for name in reached:
            host = self.hosts.of(name)
            if host.noted_at is None or host.noted_at <= now - every:
                host.noted_at = now
                due.append(name)
        for name in failed.keys() - reached:
            self.hosts.of(name).noted_at = None
        return due, {name: why for name, why in failed.items() if name not in reached}


async def carry(bag: Bag, line: Line, owed: Sequence[Owed], *, more: bool, haste: float) -> Carried:
    """Send what waits in a line, in order, until something has to be tried again. `more`: more may wait than `owed`.

    What only this server cannot take holds the line up for some tries. Then it steps aside, and from there on it holds
    up only what is about the same subject.
    """
    if line.failures:
        bag.hosts.failed_before(line.host)
    tried: list[Tried] = []
    aside: set[str | None] = set()
    for _, group in groupby(owed, key=lambda one: one.parcel_id):
        parcels = list(group)
        if parcels[0].subject in aside:
            continue
        verdicts = await asyncio.gather(*(_hand(bag, one) for one in parcels))
        again = [verdict for one, verdict in zip(parcels, verdicts, strict=True) if not _ends(one, verdict)]
        until = _steps_aside(bag, parcels, again, haste)
        tried += (_tried(one, verdict, until) for one, verdict in zip(parcels, verdicts, strict=True))
        if until is not None or any(verdict.reason == "delivered" for verdict in verdicts):
            line = msgspec.structs.replace(line, failures=0)
        if until is not None:
            aside.add(parcels[0].subject)
        elif again:
            return Carried(line=line, tried=tuple(tried), again_at=_again_at(bag, line, again, haste), why=again[0].why)
    return Carried(line=line, tried=tuple(tried), again_at=bag.ctx.clock.now() if more else None)


def _steps_aside(bag: Bag, parcels: Sequence[Owed], again: Sequence[Verdict], haste: float) -> datetime | None:
    """Until when these step aside; None when they do not: they arrived, or hold the line up for now."""
    attempts = min(one.attempts for one in parcels) + 1
    if not again or attempts < HOLDS_UP or not all(verdict.alone for verdict in again):
        return None
    return bag.ctx.clock.now() + deliveries.pause(attempts, _luck()) / haste


def _again_at(bag: Bag, line: Line, again: Sequence[Verdict], haste: float) -> datetime:
    """When the line goes on: when the server said, or after a pause that grows."""
    wait = max((verdict.wait for verdict in again if verdict.wait is not None), default=None)
    if wait is None:
        wait = deliveries.pause(line.failures + 1, _luck()) / haste
    return bag.ctx.clock.now() + wait


def _luck() -> float:
    return random.random()  # noqa: S311 - not a secret


def _ends(owed: Owed, verdict: Verdict) -> bool:
    """Whether this was the last try."""
    return verdict.final or owed.attempts + 1 >= TRIES


def _tried(owed: Owed, verdict: Verdict, until: datetime | None) -> Tried:
    """What is written of a try. After the last one the delivery is given up."""
    if verdict.reason == "delivered":
        return Tried(delivery=owed.id, state="delivered", reason="delivered", status=verdict.status)
    ends = _ends(owed, verdict)
    why = f"tried {TRIES} times; {verdict.why}" if ends and not verdict.final else verdict.why
    ended = "dropped" if verdict.reason == "blocked" else "given_up"
    return Tried(
        delivery=owed.id,
        state=ended if ends else "waiting",
        reason=verdict.reason,
        status=verdict.status,
        why=why,
        due_at=None if ends else until,
    )


async def _hand(bag: Bag, owed: Owed) -> Verdict:
    """Send one parcel to one inbox, and learn from what it says."""
    async with bag.hosts.of(owed.host).slots:
        verdict = await _send(bag, owed)
    bag.note(owed.host, verdict, bag.ctx.clock.now())
    return verdict


async def _send(bag: Bag, owed: Owed) -> Verdict:
    ctx = bag.ctx
    body = bag.body(owed.parcel_id)
    if not body or owed.host in (ctx.config.web_domain, ctx.config.local_domain):
        why = "the inbox is on this server" if body else "what was to be sent is no longer kept"
        return Verdict(reason="refused", final=True, why=why, failing=False)
    if not bag.may_go_to(owed.host):
        return Verdict(reason="blocked", final=True, why="the server is suspended here", failing=False)
    try:
        headers = await bag.telling.headers(owed.sender, owed.inbox, body)
        answer = await calling.post(ctx, owed.inbox, body, signer=owed.sender, headers=headers, limits=LIMITS)
        return judged(answer, ctx.clock.now())
    except Unreachable as error:
        return silence(error)
    except Exception as error:
        log.error("a delivery failed here", delivery=owed.id, error=error)
        return Verdict(reason="error", final=False, why="this server failed, see its log", failing=False)
