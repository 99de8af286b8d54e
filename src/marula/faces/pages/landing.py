"""What this server is, for those who come by."""

from marula.base.kernel.paging import Page
from marula.domain import site, timelines, upkeep
from marula.domain.timelines import PublicFilter
from marula.faces.pages.page import Answer, Sent, Shown, Visit, page
from marula.faces.pages.rendering import entity
from marula.views import instance
from marula.views.status import statuses

RECENT = 6


@page("GET", "/")
async def landing(visit: Visit) -> Answer:
    """The front page; members are sent home."""
    if visit.user is not None:
        return Sent("/home")
    ctx = visit.ctx
    settings = await site.get(ctx)
    async with ctx.db.reading() as db:
        open_feed = settings.local_live_feed_access == "public"
        ids = await timelines.public(db, PublicFilter(local=True), Page(limit=RECENT)) if open_feed else []
        recent = [entity(one.data) for one in await statuses(ctx, db, None, ids)]
        figures = await upkeep.figures(db, ctx.clock.now())
        person = await instance.contact_data(ctx, db)
    rules = [{"text": rule.text, "hint": rule.hint} for rule in await site.house_rules(ctx)]
    values = {
        "statuses": recent,
        "stats": {"users": figures.users, "statuses": figures.statuses, "active_month": figures.active_month},
        "rules": rules,
        "contact": None if person is None else entity(person),
    }
    return Shown(template="landing.html", title=settings.title, values=values)
