"""The server.

Spec: Mastodon documentation, methods/instance
"""

from datetime import UTC, datetime

from marula.base.kernel.errors import NotFound
from marula.domain import site, upkeep
from marula.entities import ExtendedDescription, Instance, InstanceActivity, Rule, V1Instance
from marula.faces.api.call import Call
from marula.faces.api.route import route
from marula.views import instance as views

CACHE = "public, max-age=300, stale-while-revalidate=30, stale-if-error=86400"
WEEKS = 12

SECOND_VERSION = datetime(2022, 11, 14, tzinfo=UTC)
"""Since Mastodon 4.0, released on this day, clients should call the second version. Spec: endpoints.json, deprecated"""


@route("GET", "/api/v2/instance", auth="none", cache=CACHE)
async def show(call: Call) -> Instance:
    """What this server is, who runs it and what it takes."""
    async with call.ctx.db.reading() as db:
        return await views.instance(call.ctx, db)


@route("GET", "/api/v1/instance", auth="none", cache=CACHE, deprecated=SECOND_VERSION)
async def show_v1(call: Call) -> V1Instance:
    """The same in its older form."""
    async with call.ctx.db.reading() as db:
        return await views.v1_instance(call.ctx, db)


@route("GET", "/api/v1/instance/rules", auth="none", cache=CACHE)
async def rules(call: Call) -> list[Rule]:
    """The rules of the house."""
    return await views.rules(call.ctx)


@route("GET", "/api/v1/instance/extended_description", auth="none", cache=CACHE)
async def extended_description(call: Call) -> ExtendedDescription:
    """What the owner says about the server at length."""
    settings = await site.get(call.ctx)
    return ExtendedDescription(updated_at=None, content=settings.extended_description)


@route("GET", "/api/v1/instance/activity", auth="none", cache=CACHE)
async def activity(call: Call) -> list[InstanceActivity]:
    """Twelve weeks in numbers, unless the owner keeps them private."""
    if not (await site.get(call.ctx)).activity_api_enabled:
        raise NotFound("Not Found")
    async with call.ctx.db.reading() as db:
        weeks = await upkeep.weeks(db, call.ctx.clock.now(), WEEKS)
    return [
        InstanceActivity(
            week=str(int(week.begins.timestamp())),
            statuses=str(week.statuses),
            logins=str(week.logins),
            registrations=str(week.registrations),
        )
        for week in weeks
    ]
