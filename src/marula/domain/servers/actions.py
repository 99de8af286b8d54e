"""The writes of other servers."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from marula.base.db import Tx
from marula.base.events import record
from marula.domain.servers import store
from marula.domain.servers.events import ServerRevived, ServerUnavailable
from marula.domain.servers.types import DAYS


async def heard(tx: Tx, hosts: Sequence[str]) -> None:
    """A valid signed request came from these servers: they live. Records: ServerRevived.

    Costs: one statement, which writes nothing about servers that are well and were heard of within the hour.
    """
    for host in await store.heard(tx, sorted(set(hosts))):
        await record(tx, ServerRevived(host=host))


async def reached(tx: Tx, hosts: Sequence[str]) -> None:
    """These servers took what was sent to them. Records: ServerRevived. Costs: as `heard`."""
    for host in await store.reached(tx, sorted(set(hosts))):
        await record(tx, ServerRevived(host=host))


async def failed(tx: Tx, reasons: Mapping[str, str]) -> dict[str, datetime]:
    """These servers could not be reached, or took nothing, for these reasons in words. Records: ServerUnavailable.

    Each day counts once, whatever happens on it; with the seventh in a row without a success, the server is
    unavailable. Gives those that are, and since when. Costs: one statement.
    """
    gone = await store.failed(tx, dict(sorted(reasons.items())), DAYS)
    for host, since in gone.items():
        if since == tx.now:
            await record(tx, ServerUnavailable(host=host))
    return gone


async def revive(tx: Tx, host: str) -> None:
    """Take a server for well, as the operator says. Records: ServerRevived."""
    if await store.revive(tx, host):
        await record(tx, ServerRevived(host=host))
