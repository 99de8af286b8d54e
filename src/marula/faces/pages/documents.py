"""What everybody should be able to read: the privacy policy and the terms of service."""

from datetime import date

from markupsafe import Markup

from marula.base.kernel.errors import NotFound
from marula.base.text import render_markdown
from marula.domain import site, terms
from marula.domain.terms import Terms
from marula.faces.pages.page import Answer, Shown, Visit, page


@page("GET", "/privacy-policy")
async def privacy_policy(visit: Visit) -> Answer:
    """What becomes of people's data."""
    async with visit.ctx.db.reading() as db:
        policy = await site.privacy_policy(visit.ctx, db)
    return _shown("Privacy policy", policy.text, written=policy.updated_at.date())


@page("GET", "/terms-of-service")
async def current_terms(visit: Visit) -> Answer:
    """The terms in force; before any are, those to come. Raises NotFound when there are none."""
    async with visit.ctx.db.reading() as db:
        found = terms.rules.in_force(await terms.versions(db), visit.ctx.clock.now().date())
    return _terms(found)


@page("GET", "/terms-of-service/{day}")
async def terms_of_day(visit: Visit) -> Answer:
    """The terms that hold from a day. Raises NotFound."""
    async with visit.ctx.db.reading() as db:
        versions = await terms.versions(db)
    return _terms(next((one for one in versions if one.effective_on.isoformat() == visit.path["day"]), None))


def _terms(found: Terms | None) -> Shown:
    if found is None:
        raise NotFound
    return _shown("Terms of service", found.text, begins=found.effective_on, ends=found.succeeded_by)


def _shown(
    title: str, text: str, *, written: date | None = None, begins: date | None = None, ends: date | None = None
) -> Shown:
    values = {"content": Markup(render_markdown(text)), "written": written, "begins": begins, "ends": ends}  # noqa: S704
    return Shown(template="document.html", title=title, values=values)
