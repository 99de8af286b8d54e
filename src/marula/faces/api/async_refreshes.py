"""How far work is that goes on after an answer: `announce` names it in a header, the endpoint tells how it goes.

The name of such work is its kind and what it is about: `annual_report-2026`, `home-ID` with the id of whose feed it is,
`context-ID` with the id of a post in whose thread is looked for what is missing.
Spec: Mastodon documentation, methods/async_refreshes
"""

from collections.abc import Awaitable, Callable

from marula.base.kernel import ids
from marula.base.kernel.errors import NotFound
from marula.domain import annual_reports, refreshes, timelines
from marula.domain.refreshes import Kind
from marula.entities import AsyncRefresh, WrappedAsyncRefresh
from marula.faces.api.call import Call
from marula.faces.api.route import route

RETRY = 2
"""Seconds after which to ask again."""


def announce(call: Call, name: str) -> None:
    """Say in the headers of an answer that work goes on."""
    call.headers.append((b"mastodon-async-refresh", f'id="{name}", retry={RETRY}'.encode()))


@route("GET", "/api/v1_alpha/async_refreshes/{id}", scopes=("read",))
async def show(call: Call, id: str) -> WrappedAsyncRefresh:
    """How far some work for oneself is."""
    kind, _, subject = id.partition("-")
    if kind not in KINDS:
        raise NotFound
    running = await KINDS[kind](call, subject)
    return WrappedAsyncRefresh(
        async_refresh=AsyncRefresh(id=id, status="running" if running else "finished", result_count=None)
    )


async def _annual_report(call: Call, subject: str) -> bool:
    """Whether one's report of a year is being made. Raises NotFound when nobody asked for it."""
    year = ids.parse(int, subject)
    async with call.ctx.db.reading() as db:
        report = None if year is None else await annual_reports.report(db, call.me, year)
    if report is None:
        raise NotFound
    return report.figures is None


async def _home(call: Call, subject: str) -> bool:
    """Whether one's home feed is being built. Raises NotFound for that of others, and when none is wanted."""
    if subject != str(call.me):
        raise NotFound
    async with call.ctx.db.reading() as db:
        built = await timelines.home_state(db, call.me)
    if built is None:
        raise NotFound
    return not built


async def _context(call: Call, subject: str) -> bool:
    """Whether what is missing in a thread is being looked for. Raises NotFound when it was not lately."""
    post = ids.parse(ids.PostId, subject)
    async with call.ctx.db.reading() as db:
        going_on = None if post is None else await refreshes.running(db, Kind.THREAD, post, call.ctx.clock.now())
    if going_on is None:
        raise NotFound
    return going_on


KINDS: dict[str, Callable[[Call, str], Awaitable[bool]]] = {
    "annual_report": _annual_report,
    "context": _context,
    "home": _home,
}
"""For each kind of work: whether it goes on, given what it is about."""
