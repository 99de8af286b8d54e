"""The server.

Spec: Mastodon documentation, methods/instance
"""

from datetime import UTC, date, datetime

from marula.base.kernel.errors import NotFound
from marula.base.text import LANGUAGE_NAMES, render_markdown
from marula.domain import accounts, boundaries, site, terms, translation, upkeep
from marula.domain.site import BlocksShown
from marula.domain.terms import Terms
from marula.entities import (
    DomainBlock,
    ExtendedDescription,
    Instance,
    InstanceActivity,
    Language,
    PrivacyPolicy,
    Rule,
    TermsOfService,
    V1Instance,
)
from marula.entities.scalars import datetime_text
from marula.faces.api.call import Call
from marula.faces.api.route import route
from marula.faces.http.forms import Form
from marula.views import instance as views

CACHE = "public, max-age=300, stale-while-revalidate=30, stale-if-error=86400"
WEEKS = 12
PEERS_FOUND = 10

SECOND_VERSION = datetime(2022, 11, 14, tzinfo=UTC)
"""Since Mastodon 4.0, released on this day, clients should call the second version. Spec: endpoints.json, deprecated"""


class PeersForm(Form, frozen=True, kw_only=True):
    """How the name of a server begins."""

    q: str = ""


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


@route("GET", "/api/v1/instance/privacy_policy", auth="none", cache=CACHE)
async def privacy_policy(call: Call) -> PrivacyPolicy:
    """What becomes of people's data."""
    async with call.ctx.db.reading() as db:
        policy = await site.privacy_policy(call.ctx, db)
    return PrivacyPolicy(updated_at=datetime_text(policy.updated_at), content=render_markdown(policy.text))


@route("GET", "/api/v1/instance/terms_of_service", auth="none", cache=CACHE)
async def terms_of_service(call: Call) -> TermsOfService:
    """The terms in force; before any are, those to come."""
    today = call.ctx.clock.now().date()
    async with call.ctx.db.reading() as db:
        found = terms.rules.in_force(await terms.versions(db), today)
    return _terms(found, today)


@route("GET", "/api/v1/instance/terms_of_service/{date}", auth="none", cache=CACHE)
async def terms_of_service_of(call: Call, date: str) -> TermsOfService:
    """The terms that hold from a day."""
    async with call.ctx.db.reading() as db:
        versions = await terms.versions(db)
    found = next((one for one in versions if one.effective_on.isoformat() == date), None)
    return _terms(found, call.ctx.clock.now().date())


@route("GET", "/api/v1/instance/languages", auth="none", cache=CACHE)
async def languages(call: Call) -> list[Language]:
    """The languages that posts may be marked with."""
    return [Language(code=code, name=name) for code, name in LANGUAGE_NAMES.items()]


@route("GET", "/api/v1/instance/translation_languages", auth="none", cache=CACHE)
async def translation_languages(call: Call) -> dict[str, list[str]]:
    """Into which languages posts of each language can be translated; `und` stands for posts that do not say theirs."""
    return {source: list(targets) for source, targets in (await translation.languages(call.ctx)).items()}


@route("GET", "/api/v1/instance/peers", auth="none", cache=CACHE)
async def peers(call: Call) -> list[str]:
    """The other servers that this one knows, unless the owner keeps them private."""
    await _check_peers(call)
    async with call.ctx.db.reading() as db:
        return await accounts.domains(db)


@route("GET", "/api/v1/peers/search", auth="none", cache=CACHE)
async def search_peers(call: Call, form: PeersForm) -> list[str]:
    """At most ten of them, whose name begins like this."""
    await _check_peers(call)
    beginning = form.q.strip().lower()
    if not beginning:
        return []
    async with call.ctx.db.reading() as db:
        return await accounts.domains(db, beginning, limit=PEERS_FOUND)


@route("GET", "/api/v1/instance/domain_blocks", auth="optional", cache=CACHE)
async def domain_blocks(call: Call) -> list[DomainBlock]:
    """Which servers are limited or suspended here, to those to whom the owner shows it, and why.

    Spec: Mastodon documentation, methods/instance (domain_blocks)
    """
    settings = await site.get(call.ctx)
    if not _shown(settings.show_domain_blocks, call):
        raise NotFound("Not Found")
    reasons = _shown(settings.show_domain_blocks_rationale, call)
    return [
        DomainBlock(
            domain=boundaries.obfuscated(one.domain) if one.obfuscate else one.domain,
            digest=boundaries.digest(one.domain),
            severity=one.severity,
            comment=one.public_comment if reasons else None,
        )
        for one in await boundaries.blocks(call.ctx)
        if one.severity != "noop"
    ]


def _shown(to: BlocksShown, call: Call) -> bool:
    return to == "all" or (to == "users" and call.viewer is not None)


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


async def _check_peers(call: Call) -> None:
    if not (await site.get(call.ctx)).peers_api_enabled:
        raise NotFound("Not Found")


def _terms(found: Terms | None, today: date) -> TermsOfService:
    if found is None:
        raise NotFound
    return TermsOfService(
        effective_date=found.effective_on.isoformat(),
        effective=found.effective_on <= today,
        content=render_markdown(found.text),
        succeeded_by=None if found.succeeded_by is None else found.succeeded_by.isoformat(),
    )
