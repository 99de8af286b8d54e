"""The examination: what is asked of ourselves and of the other server, in the order in which things break.

Nothing is written and nothing is sent to an inbox.
Spec: federation practice, discovery, fetching documents, signatures
"""

from collections.abc import Awaitable, Callable
from typing import Any

import msgspec

from marula.base.crypto.signatures import Form
from marula.base.kernel.errors import Gone, MarulaError, NotFound, Unreachable
from marula.base.net import Answer
from marula.base.text import normalise_domain, parse_handle
from marula.domain import boundaries, intake, servers
from marula.domain.context import Context
from marula.domain.intake import ArrivalId
from marula.faces.activitypub import calling, fetching
from marula.faces.activitypub.fetching.documents import check_status, is_activity
from marula.faces.activitypub.reading import Person, Unreadable, load, read_actor
from marula.faces.activitypub.reading.values import many, uri

FORMS: tuple[Form, ...] = ("cavage", "rfc9421")
LATELY = 50
NODEINFO = "http://nodeinfo.diaspora.software/ns/schema/"


class Step(msgspec.Struct, frozen=True):
    """One thing that was tried. `advice`: what can be done when it is not well."""

    name: str
    ok: bool
    words: str
    advice: str | None = None


class Patient(msgspec.Struct, kw_only=True):
    """Whom the examination is about, as far as is known: it learns on the way."""

    host: str
    handle: tuple[str, str] | None = None
    actor: str | None = None
    person: Person | None = None


Look = Callable[[Context, Patient], Awaitable[Step]]


async def examine(ctx: Context, what: str) -> list[Step]:
    """Everything that can be tried with a domain, an address or a handle. Raises: NotFound when it is none of these."""
    patient = _patient(what)
    steps: list[Step] = []
    for look in LOOKS:
        try:
            steps.append(await look(ctx, patient))
        except Unfit:
            continue
    return steps


class Unfit(Exception):
    """There is nothing to try this on."""


async def ourselves(ctx: Context, patient: Patient) -> Step:
    """Whether others can read our own actor."""
    address = f"{ctx.config.web_url}/actor"
    advice = f"Others read {address}. Does the proxy in front of Marula pass it on, with its Accept header?"
    try:
        answer = await ctx.http.get(address, headers={"accept": calling.ACTIVITY_ACCEPT}, trusted=True)
        check_status(answer)
    except MarulaError as error:
        return Step("our own actor", False, error.why or "is not there", advice)
    if not is_activity(answer.headers.get("content-type", "")):
        return Step("our own actor", False, f"is served as {answer.media_type or 'nothing'}", advice)
    if not address.startswith("https:"):
        return Step(
            "our own actor", False, "is served without TLS", "Others want https: see LOCAL_DOMAIN, LOCAL_HTTPS."
        )
    return Step("our own actor", True, f"{address} can be read")


async def boundary(ctx: Context, patient: Patient) -> Step:
    """Whether we keep that server out."""
    stance = await boundaries.stance(ctx, patient.host)
    if stance.suspended:
        advice = f"To talk to it again: marula domains unblock {patient.host}, or allow it in limited federation."
        return Step("our blocks", False, "it is suspended or not let in here", advice)
    words = "its people are limited here" if stance.severity == "silence" else "nothing of it is kept out"
    return Step("our blocks", True, words)


async def reached(ctx: Context, patient: Patient) -> Step:
    """Whether its name leads somewhere that answers, with a certificate that is valid."""
    try:
        answer = await ctx.http.get(f"{ctx.config.origin_of(patient.host)}/.well-known/nodeinfo", headers={})
    except Unreachable as error:
        return Step("connection", False, error.why, _ADVICE.get(_mark(error.why)))
    return Step("connection", True, f"it answers ({answer.status})")


async def software(ctx: Context, patient: Patient) -> Step:
    """What it runs."""
    try:
        links = _json(await _asked(ctx, f"{ctx.config.origin_of(patient.host)}/.well-known/nodeinfo")).get("links")
        address = next(
            found
            for link in reversed(many(links))
            if isinstance(link, dict)
            and str(link.get("rel", "")).startswith(NODEINFO)
            and (found := uri(link.get("href"))) is not None
        )
        told = _json(await _asked(ctx, address)).get("software")
    except (MarulaError, Unreadable, StopIteration):
        return Step("software", True, "it does not say what it runs")
    named = told if isinstance(told, dict) else {}
    return Step("software", True, f"{str(named.get('name'))[:60]} {str(named.get('version'))[:60]}")


async def webfinger(ctx: Context, patient: Patient) -> Step:
    """Whether the handle leads to an actor."""
    if patient.handle is None:
        raise Unfit
    name, domain = patient.handle
    try:
        found = await fetching.finger(ctx, name, domain)
    except (MarulaError, Unreadable) as error:
        advice = f"Ask those who run {domain}: https://{domain}/.well-known/webfinger?resource=acct:{name}@{domain}"
        return Step("WebFinger", False, _said(error, f"@{name}@{domain} is not known there"), advice)
    patient.actor = found.actor
    return Step("WebFinger", True, f"@{found.name}@{found.domain} is {found.actor}")


async def signed(ctx: Context, patient: Patient) -> Step:
    """Whether it takes a signature of ours, and in which form."""
    if patient.actor is None:
        raise Unfit
    answers: dict[Form, str] = {}
    for form in FORMS:
        try:
            answer = await calling.get_as(ctx, patient.actor, form)
            answers[form] = str(answer.status)
        except Unreachable as error:
            answers[form] = error.why
    words = ", ".join(f"{form}: {what}" for form, what in answers.items())
    if "200" in answers.values():
        return Step("our signatures", True, words)
    advice = (
        "401: it does not accept them. Is the clock of this machine right, and can it read our own actor? "
        "403: it may block us."
    )
    return Step("our signatures", False, words, advice)


async def document(ctx: Context, patient: Patient) -> Step:
    """Whether the actor's document can be used."""
    if patient.actor is None:
        raise Unfit
    try:
        patient.person = read_actor(await fetching.document(ctx, patient.actor))
    except (MarulaError, Unreadable) as error:
        return Step("actor", False, _said(error, "it is not there"), "Its document is at fault: ask those who run it.")
    keys = len(patient.person.keys)
    if not keys:
        return Step("actor", False, "it names no key that is its own", "We cannot know what is from it.")
    return Step("actor", True, f"{patient.person.kind} with {keys} key{'' if keys == 1 else 's'}")


async def inbox(ctx: Context, patient: Patient) -> Step:
    """Whether there is something at the inbox. Nothing is sent to it."""
    if patient.person is None:
        raise Unfit
    address = patient.person.addresses.shared_inbox or patient.person.addresses.inbox
    try:
        status = (await calling.get(ctx, address)).status
    except Unreachable as error:
        return Step("inbox", False, error.why, _ADVICE.get(_mark(error.why)))
    if status >= 500 or status == 404:
        return Step("inbox", False, f"{address} answers {status}", "Nothing can be delivered there now.")
    return Step("inbox", True, f"{address} is there ({status})")


async def sent(ctx: Context, patient: Patient) -> Step:
    """How deliveries to it went."""
    async with ctx.db.reading() as db:
        health = await servers.one(db, patient.host)
    if health is None:
        return Step("deliveries", True, "nothing was sent to it yet")
    advice = f"marula federation host {patient.host}, and when it is repaired: marula federation retry {patient.host}"
    if health.unavailable_since is not None:
        return Step("deliveries", False, f"unavailable since {health.unavailable_since:%Y-%m-%d}", advice)
    if health.failing_days:
        return Step("deliveries", False, f"they fail: {health.last_error}", advice)
    when = health.last_reached_at
    return Step("deliveries", True, "nothing was sent to it yet" if when is None else f"reached {when:%Y-%m-%d %H:%M}")


async def received(ctx: Context, patient: Patient) -> Step:
    """What became of what it sent lately."""
    async with ctx.db.reading() as db:
        came = await intake.listed(db, host=patient.host, before=ArrivalId(2**63 - 1), limit=LATELY)
    if not came:
        return Step("what it sends", True, "nothing came from it lately")
    bad = [one for one in came if one.state in ("dead", "rejected")]
    if bad:
        words = f"{len(bad)} of the last {len(came)} were refused; the latest, {bad[0].kind}: {bad[0].why}"
        return Step("what it sends", False, words, f"marula federation received --host {patient.host}")
    return Step("what it sends", True, f"the last came {came[0].arrived_at:%Y-%m-%d %H:%M}, and none was refused")


LOOKS: tuple[Look, ...] = (
    ourselves,
    boundary,
    reached,
    software,
    webfinger,
    signed,
    document,
    inbox,
    sent,
    received,
)

_ADVICE = {
    "certificate": "Only those who run it can repair its certificate.",
    "name is not known": "Its name is not known: it is gone, or the name server of this machine does not work.",
    "must not be called": "Its name leads to a private address: see ALLOWED_PRIVATE_ADDRESSES, if that is meant.",
    "in time": "It is too slow, or a firewall is between.",
    "cannot be reached": "Nothing answers there: it is down, or a firewall is between.",
}


def _mark(why: str) -> str:
    return next((mark for mark in _ADVICE if mark in why), "")


def _said(error: Exception, missing: str) -> str:
    if isinstance(error, Gone):
        return "it is gone for good"
    return missing if isinstance(error, NotFound) else str(error)


def _patient(what: str) -> Patient:
    handle = parse_handle(what) if what.startswith("@") else None
    if handle is not None and handle[1] is not None and (domain := normalise_domain(handle[1])) is not None:
        return Patient(host=domain, handle=(handle[0], domain))
    if uri(what) is not None:
        return Patient(host=servers.host_of(what), actor=what)
    domain = normalise_domain(what)
    if domain is None:
        raise NotFound(f"{what} is neither a domain, nor an address, nor a handle such as @ann@other.example")
    return Patient(host=domain)


async def _asked(ctx: Context, address: str) -> Answer:
    answer = await ctx.http.get(address, headers={"accept": "application/json"})
    check_status(answer)
    return answer


def _json(answer: Answer) -> Any:
    return load(answer.body)
