"""The writes of deliveries."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime

from marula.base.db import Tx
from marula.base.kernel.ids import PostId
from marula.domain import servers
from marula.domain.deliveries import store
from marula.domain.deliveries.types import FINAL, INSISTENT, LONGEST, PATIENCE, Carried, Line, Owed, Parcel

DROPPED_AT_ONCE = 5000
"""Deliveries to an unavailable server that are dropped whenever it fails again."""


async def owe(tx: Tx, parcel: Parcel, inboxes: Sequence[str]) -> None:
    """Owe a parcel to these inboxes. What is owed already is not owed twice, whatever became of it.

    Where a server is unavailable, the ledger says that nothing is sent to it; now and then one parcel is, as a probe.
    Once the end of a subject is owed, nothing else about it is owed any more: two jobs that ran at the same time must
    not bring it back. Costs: five statements, whatever the number of inboxes.
    """
    hosts = {inbox: servers.host_of(inbox) for inbox in dict.fromkeys(inboxes) if len(inbox.encode()) <= LONGEST}
    if not hosts:
        return
    await store.lock_sender(tx, parcel.sender)
    if parcel.subject and parcel.kind != FINAL and await store.is_over(tx, parcel.sender, parcel.subject):
        return
    shunned = {} if parcel.kind in INSISTENT else await servers.shunned(tx, sorted(set(hosts.values())))
    dropped = {host: _unavailable(since) for host, since in shunned.items()} | {"": "this is no address of a server"}
    identifier = await store.put_parcel(tx, parcel)
    await store.owe(tx, identifier, parcel.sender, hosts, dropped)


async def lease(
    tx: Tx, worker: int, lots: Mapping[bool, int], busy: Mapping[str, int], per_host: int, queue: int
) -> list[tuple[Line, list[Owed]]]:
    """Take lines that are due, with what waits in them, at most `queue` of each. The other parameters: store.lease."""
    lines = await store.lease(tx, worker, lots, busy, per_host)
    found = {(line.host, line.sender): (line, list[Owed]()) for line in lines}
    for owed in await store.waiting(tx, lines, queue) if lines else []:
        found[owed.host, owed.sender][1].append(owed)
    return list(found.values())


async def conclude(tx: Tx, worker: int, carried: Sequence[Carried]) -> None:
    """Write how far a courier came with its lines, and give them back. Costs: five statements, one more for failures.

    What has waited for days behind failures is given up.
    """
    await store.lock(tx, worker, [one.line for one in carried])
    await store.settle(tx, [tried for one in carried for tried in one.tried])
    failing = [one.line for one in carried if one.why is not None]
    if failing:
        await store.outdated(tx, failing, PATIENCE, f"the server failed for {PATIENCE.days} days")
    await store.release(tx, worker, carried)
    await store.tally(tx, Counter(tried.reason for one in carried for tried in one.tried))


async def drop(tx: Tx, since: Mapping[str, datetime]) -> None:
    """Drop what waits for servers that are unavailable."""
    for host, moment in since.items():
        await store.drop(tx, host, _unavailable(moment), DROPPED_AT_ONCE)


async def retry_host(tx: Tx, host: str) -> int:
    """Owe again what a server did not get, and take it for well. Gives the number. Records: ServerRevived."""
    await servers.revive(tx, host)
    await store.hurry(tx, [host])
    return await store.retry_host(tx, host)


async def retry_parcels(tx: Tx, uri: str, post: PostId | None) -> int:
    """Owe again what did not arrive: the parcel with this id, those about this subject or post. Gives the number."""
    return await store.retry_parcels(tx, uri, post)


def _unavailable(since: datetime) -> str:
    return f"the server has been unavailable since {since:%Y-%m-%d}"
