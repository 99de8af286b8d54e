"""The writes of intake."""

import hashlib
from collections.abc import Sequence
from datetime import datetime

from marula.base.db import Connection, Tx
from marula.base.kernel.ids import AccountId
from marula.domain import servers
from marula.domain.intake.store import arrivals, deeds
from marula.domain.intake.types import REMEMBERED, Arrival, Concluded, Deed, DeedKind, Line, Waiting

LONGEST = 2048
"""Bytes of an id that is kept."""


def digest(signer: str, body: bytes) -> bytes:
    """What tells an arrival from all others: who sent it, and every byte. A copy of another sender is another one."""
    return hashlib.sha256(signer.encode() + b"\0" + body).digest()


async def keep(tx: Tx, given: Sequence[Arrival]) -> None:
    """Keep what came; what is kept already is not kept twice. Its servers were heard of.

    Costs: two statements, whatever the number. Records: servers.ServerRevived.
    """
    await arrivals.keep(tx, list({one.digest: one for one in given}.values()))
    await servers.heard(tx, [one.host for one in given])


async def lease(tx: Tx, worker: int, lines: int, queue: int) -> list[tuple[Line, list[Waiting]]]:
    """Take so many lines that are due, with what is due in them, at most `queue` of each."""
    leased = await arrivals.lease(tx, worker, lines)
    found = {line.signer: (line, list[Waiting]()) for line in leased}
    for one in await arrivals.waiting(tx, leased, queue) if leased else []:
        found[one.signer][1].append(one)
    return list(found.values())


async def conclude(tx: Tx, worker: int, done: Sequence[tuple[Line, Sequence[Concluded]]]) -> None:
    """Write how far a worker came with its lines, and give them back. Costs: three statements."""
    signers = sorted(line.signer for line, _ in done)
    await arrivals.lock(tx, worker, signers)
    await arrivals.conclude(tx, [one for _, concluded in done for one in concluded])
    await arrivals.release(tx, worker, signers)


async def note(tx: Tx, uri: str | None, who: AccountId, kind: DeedKind, object_uri: str) -> None:
    """Keep that what somebody did took effect, under the id they gave it. Without one, or with too long a one, it is
    not kept, and can be taken back only by saying what it was.
    """
    if uri is not None and max(len(uri.encode()), len(object_uri.encode())) <= LONGEST:
        await deeds.put(tx, Deed(uri=uri, account_id=who, kind=kind, object_uri=object_uri))


async def forget_deed(tx: Tx, who: AccountId, uri: str) -> None:
    """What somebody did under this id holds no longer. It is known for some hours that it did."""
    await deeds.end(tx, who, uri)


async def forget_deeds(tx: Tx, who: AccountId, kind: DeedKind, object_uri: str) -> None:
    """What somebody did to this object holds no longer. It is known for some hours that it did."""
    await deeds.end_all(tx, who, kind, object_uri)


async def take_back(tx: Tx, actor: str, uri: str) -> None:
    """Remember for some hours that somebody took back what has this id, for it may come late."""
    await deeds.remember(tx, _pair(actor, uri))


async def taken_back(db: Connection, actor: str, uri: str | None, now: datetime) -> bool:
    """Whether somebody took back what has this id before it came."""
    return uri is not None and await deeds.taken_back(db, _pair(actor, uri), now - REMEMBERED)


def _pair(actor: str, uri: str) -> bytes:
    return hashlib.sha256(f"{actor} {uri}".encode()).digest()
