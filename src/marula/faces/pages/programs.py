"""The programs that may act in somebody's name: see them, end them, and get a token for one of one's own.

Spec: Mastodon documentation, client/token and api/oauth-scopes
"""

from collections.abc import Iterable
from typing import Any

from marula.base.kernel import ids
from marula.base.kernel.errors import Invalid, NotFound
from marula.base.kernel.ids import AppId
from marula.domain import apps
from marula.domain.apps import Permitted
from marula.entities.scalars import datetime_text
from marula.faces.pages.errors import by_field
from marula.faces.pages.page import Answer, Sent, Shown, Visit, page

PATH = "/settings/apps"
USUAL = ("read", "write", "follow", "push")
OFFERED = tuple(scope for scope in apps.scopes.DESCRIPTIONS if not scope.startswith("admin:"))


@page("GET", PATH, members=True)
async def programs(visit: Visit) -> Answer:
    """Which programs there are, and a form for a token."""
    return await _shown(visit, {"app_name": "", "scopes": ["read"]}, {})


@page("POST", PATH, members=True)
async def make_token(visit: Visit) -> Answer:
    """Make a token for a program of one's own and show it, this once."""
    name = visit.text("app_name").strip()
    chosen = visit.form.get("scopes")
    scopes = [scope for scope in chosen if scope in OFFERED] if isinstance(chosen, list) else []
    kept = {"app_name": name, "scopes": scopes}
    if not scopes:
        return await _shown(visit, kept, {"scopes": ["Choose at least one thing that it may do."]})
    try:
        async with visit.ctx.db.transaction() as tx:
            issued = await apps.personal_token(tx, visit.member.id, app_name=name, scopes=" ".join(scopes))
    except Invalid as invalid:
        return await _shown(visit, kept, by_field(invalid))
    values = {"app": {"name": name}, "token": issued.token, "site_url": visit.ctx.config.web_url}
    return Shown(template="program_token.html", title="Your token", values=values)


@page("POST", f"{PATH}/end", members=True)
async def end(visit: Visit) -> Answer:
    """Take back what one program was allowed. Raises NotFound when it holds nothing."""
    app = ids.parse(AppId, visit.text("app"))
    async with visit.ctx.db.transaction() as tx:
        if app is None or not await apps.withdraw_all(tx, visit.member.id, app=app):
            raise NotFound
    return Sent(PATH)


async def _shown(visit: Visit, values: dict[str, Any], errors: dict[str, list[str]]) -> Shown:
    async with visit.ctx.db.reading() as db:
        permitted = await apps.permitted(db, visit.member.id)
    context = {
        "programs": [_program(one) for one in permitted],
        "usual": _described(USUAL),
        "narrow": _described(scope for scope in OFFERED if scope not in USUAL),
        "values": values,
        "errors": errors,
    }
    return Shown(template="programs.html", title="Your apps", values=context)


def _program(one: Permitted) -> dict[str, Any]:
    return {
        "id": str(one.app.id),
        "name": one.app.name,
        "website": one.app.website,
        "scopes": apps.scopes.ordered(one.scopes),
        "last_used_at": None if one.last_used_at is None else datetime_text(one.last_used_at),
    }


def _described(scopes: Iterable[str]) -> list[dict[str, str]]:
    return [{"scope": scope, "text": apps.scopes.DESCRIPTIONS[scope]} for scope in scopes]
