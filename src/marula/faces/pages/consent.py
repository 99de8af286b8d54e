"""The consent page of OAuth: a program asks a person, the person allows or not.

Spec: RFC 6749, 4.1; RFC 7636; Mastodon documentation, methods/oauth (authorize)
"""

from urllib.parse import urlencode, urlsplit

from marula.domain import apps
from marula.domain.apps import OUT_OF_BAND, Asked, OAuthError, Wanted
from marula.faces.pages.page import Answer, Sent, Shown, Visit, page

SHOWN = ("invalid_client", "invalid_redirect_uri")
"""Errors that must not be sent to the redirect, because it cannot be trusted. Spec: RFC 6749, 4.1.2.1"""

DANGEROUS = ("write", "follow", "admin")


@page("GET", "/oauth/authorize", members=True)
async def ask(visit: Visit) -> Answer:
    """Say in plain words what the program wants."""
    wanted = await _wanted(visit)
    if not isinstance(wanted, Wanted):
        return wanted
    uri = wanted.redirect_uri
    app = {
        "name": wanted.app.name,
        "website": wanted.app.website,
        "redirect_host": None if uri == OUT_OF_BAND else urlsplit(uri).netloc or f"{urlsplit(uri).scheme}:",
    }
    scopes = [
        {"scope": scope, "text": apps.scopes.DESCRIPTIONS[scope], "danger": scope.startswith(DANGEROUS)}
        for scope in wanted.scopes
    ]
    return Shown(template="authorize.html", title="Allow an app", values={"app": app, "scopes": scopes})


@page("POST", "/oauth/authorize", members=True)
async def decide(visit: Visit) -> Answer:
    """Give the program a code, or tell it no."""
    wanted = await _wanted(visit)
    if not isinstance(wanted, Wanted):
        return wanted
    if visit.text("decision") != "allow":
        return _refusal(visit, "access_denied", "The resource owner or authorization server denied the request.")
    async with visit.ctx.db.transaction() as tx:
        code = await apps.authorise(tx, visit.member.id, wanted)
    if wanted.redirect_uri == OUT_OF_BAND:
        values = {"app": {"name": wanted.app.name}, "code": code}
        return Shown(template="authorize_code.html", title="Your code", values=values)
    return _back(visit, {"code": code})


async def _wanted(visit: Visit) -> Wanted | Answer:
    """What the program may ask for, or how to say that it may not."""
    asked = Asked(
        response_type=visit.text("response_type"),
        redirect_uri=visit.text("redirect_uri"),
        scope=visit.text("scope") or None,
        code_challenge=visit.text("code_challenge") or None,
        code_challenge_method=visit.text("code_challenge_method") or None,
    )
    async with visit.ctx.db.reading() as db:
        app = await apps.by_client_id(db, visit.text("client_id"))
    try:
        return apps.check_asked(app, asked)
    except OAuthError as error:
        if error.code in SHOWN or asked.redirect_uri == OUT_OF_BAND:
            values = {"error": error.code, "explanation": error.why}
            return Shown(template="authorize_error.html", title="An app’s request", values=values, status=400)
        return _refusal(visit, error.code, error.why)


def _refusal(visit: Visit, code: str, why: str) -> Answer:
    if visit.text("redirect_uri") == OUT_OF_BAND:
        return Sent("/home")
    return _back(visit, {"error": code, "error_description": why})


def _back(visit: Visit, answer: dict[str, str]) -> Sent:
    """To the program, with its `state`, in the query or the fragment as it asked."""
    state = visit.text("state")
    answer |= {"state": state} if state else {}
    uri = visit.text("redirect_uri")
    if visit.text("response_mode") == "fragment":
        return Sent(f"{uri}#{urlencode(answer)}")
    return Sent(f"{uri}{'&' if '?' in uri else '?'}{urlencode(answer)}")
