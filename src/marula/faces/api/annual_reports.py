"""What one did in a year.

Spec: Mastodon documentation, methods/annual_reports
"""

from marula.base.kernel.errors import NotFound
from marula.domain import annual_reports
from marula.entities import AnnualReportState, Empty, WrappedAnnualReports
from marula.faces.api.async_refreshes import announce
from marula.faces.api.call import Call
from marula.faces.api.route import route
from marula.views import annual_report as views

READ = ("read", "read:accounts")
WRITE = ("write", "write:accounts")
ALL = "/api/v1/annual_reports"
ONE = f"{ALL}/{{year}}"


@route("GET", ALL, scopes=READ)
async def index(call: Call) -> WrappedAnnualReports:
    """The reports that one has not read."""
    async with call.ctx.db.reading() as db:
        return await views.annual_reports(call.ctx, db, call.me, await annual_reports.unread(db, call.me))


@route("GET", ONE, scopes=READ)
async def show(call: Call, year: int) -> WrappedAnnualReports:
    """The report of one year."""
    async with call.ctx.db.reading() as db:
        found = await annual_reports.report(db, call.me, year)
        if found is None or found.figures is None:
            raise NotFound
        return await views.annual_reports(call.ctx, db, call.me, [found])


@route("GET", f"{ONE}/state", scopes=READ)
async def state(call: Call, year: int) -> AnnualReportState:
    """Whether there is a report of a year, or can be one."""
    async with call.ctx.db.reading() as db:
        found = await annual_reports.state(call.ctx, db, call.me, year)
    if found == "generating":
        announce(call, f"annual_report-{year}")
    return AnnualReportState(state=found)


@route("POST", f"{ONE}/generate", scopes=WRITE)
async def generate(call: Call, year: int) -> Empty:
    """Have a report made, when there is none and there can be one."""
    async with call.ctx.db.reading() as db:
        found = await annual_reports.state(call.ctx, db, call.me, year)
    if found in ("eligible", "generating"):
        async with call.ctx.db.transaction() as tx:
            await annual_reports.request(tx, call.me, year)
        announce(call, f"annual_report-{year}")
        call.status = 202
    return Empty()


@route("POST", f"{ONE}/read", scopes=WRITE)
async def read(call: Call, year: int) -> Empty:
    """Have read a report."""
    async with call.ctx.db.transaction() as tx:
        await annual_reports.view(tx, call.me, year)
    return Empty()
