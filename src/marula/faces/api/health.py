"""Whether the server works, for monitors; its metrics, for Prometheus."""

from prometheus_client import REGISTRY, generate_latest

from marula.base.jobs import store as queue
from marula.base.observe import metrics
from marula.domain import deliveries, intake, storage
from marula.faces.api.call import Call
from marula.faces.api.route import route
from marula.views import Rendered


@route("GET", "/health", auth="none", sends="text/plain; charset=utf-8")
async def health(call: Call) -> Rendered[str]:
    """OK when the database answers. 503 otherwise."""
    async with call.ctx.db.reading() as db:
        await db.value("select 1")
    return Rendered(b"OK")


@route("GET", "/metrics", auth="none", sends="text/plain; version=0.0.4; charset=utf-8")
async def show_metrics(call: Call) -> Rendered[str]:
    """The figures of this process, of jobs, deliveries, intake and files, in the text format of Prometheus."""
    usage = await storage.usage(call.ctx)
    metrics.show_kept([(one.purpose.name.lower(), one.remote, one.bytes) for one in usage.totals], usage.ceiling)
    days = None if usage.full_on is None else (usage.full_on - usage.today.day).days
    metrics.show_disk(usage.today.total, usage.today.free, days)
    async with call.ctx.db.reading() as db:
        metrics.show_queue([dict(lane) for lane in await queue.counts(db)])
        metrics.show_deliveries(await deliveries.counts(db), await deliveries.tallies(db))
        metrics.show_intake(dict(await intake.counts(db)))
    return Rendered(generate_latest(REGISTRY))
