"""What was turned away at the door, written down for the operator: how often, from where, why.

Who sends something is only claimed until a signature proves it, and anybody may send anything. So this counts, and
writes at most once in a few seconds; a crash loses the count of those seconds.
"""

import re
from datetime import datetime, timedelta

from marula.base.kernel.errors import Unreachable
from marula.base.observe import logs
from marula.domain import intake, servers
from marula.domain.context import Context
from marula.domain.intake import Refused
from marula.faces.activitypub.inbox.refusing import Refusal
from marula.faces.http.request import Request

log = logs.logger("inbox")

PAUSE = timedelta(seconds=5)
MOST = 200
"""Different things that are counted between two writes."""
LONGEST = 200
_KEY = re.compile(r'keyid="?(https?://[^"\s;,]{1,500})', re.IGNORECASE)


class DoorBook:
    """Counts refusals, and writes them down when it is time."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx
        self._counts: dict[tuple[str, str], Refused] = {}
        self._written: datetime | None = None

    async def note(self, request: Request, refusal: Refusal) -> None:
        """Count a refusal."""
        now = self._ctx.clock.now()
        key = claimed_host(request), refusal.why[:LONGEST]
        if key not in self._counts and len(self._counts) >= MOST:
            key = "", "there were too many different ones to count each"
        known = self._counts.get(key)
        self._counts[key] = Refused(
            host=key[0],
            why=key[1],
            status=refusal.status,
            number=1 if known is None else known.number + 1,
            first_at=now if known is None else known.first_at,
            last_at=now,
        )
        if self._written is None or self._written + PAUSE <= now:
            self._written = now
            await self._write()

    async def _write(self) -> None:
        counts, self._counts = self._counts, {}
        try:
            async with self._ctx.db.transaction("relaxed") as tx:
                await intake.note_refusals(tx, list(counts.values()))
        except Unreachable as error:
            log.warning("refusals could not be written down", number=len(counts), error=error)


def claimed_host(request: Request) -> str:
    """Who says that they signed a request; nothing when nobody does. Spec: draft-cavage, 2.1.1; RFC 9421, 2.3"""
    for name in (b"signature", b"signature-input"):
        found = _KEY.search(request.header(name) or "")
        if found is not None:
            return servers.host_of(found[1])
    return ""
