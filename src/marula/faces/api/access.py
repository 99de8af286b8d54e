"""Who may call what: the one place where the API decides it.

Spec: Mastodon documentation, "OAuth Scopes"; permissions.json, oauth and error_strings.
"""

from typing import Any

from marula.domain import apps
from marula.domain.apps import Bearer
from marula.domain.context import Context
from marula.faces.api.errors import Unauthorised
from marula.faces.api.route import Route
from marula.faces.http.request import Request

INVALID = Unauthorised(401, "The access token is invalid")
REVOKED = Unauthorised(401, "The access token was revoked")
EXPIRED = Unauthorised(401, "The access token expired")
OUT_OF_SCOPE = Unauthorised(403, "This action is outside the authorized scopes")
NEEDS_USER = Unauthorised(422, "This method requires an authenticated user")
NEEDS_APP = Unauthorised(403, "This method requires an client credentials authentication")

STANDING = {
    "disabled": Unauthorised(403, "Your login is currently disabled"),
    "suspended": Unauthorised(403, "Your login is currently disabled"),
    "unconfirmed": Unauthorised(403, "Your login is missing a confirmed e-mail address"),
    "pending": Unauthorised(403, "Your login is currently pending approval"),
}


async def bearer_of(ctx: Context, route: Route, request: Request, params: dict[str, Any]) -> Bearer | None:
    """Who calls, when the route allows it. Raises Unauthorised."""
    if route.auth == "none":
        return None
    text = token_text(request, params)
    if text is None:
        if route.auth == "optional":
            return None
        raise INVALID
    bearer = await apps.caller(ctx, text)
    if bearer is None:
        if route.auth == "optional":
            return None
        raise INVALID
    _check(ctx, route, bearer)
    return bearer


def _check(ctx: Context, route: Route, bearer: Bearer) -> None:
    if bearer.revoked_at is not None:
        raise REVOKED
    if bearer.expires_at is not None and bearer.expires_at <= ctx.clock.now():
        raise EXPIRED
    if route.scopes and not apps.scopes.covers(bearer.scopes, route.scopes):
        raise OUT_OF_SCOPE
    if route.auth == "app" and bearer.user_id is not None:
        raise NEEDS_APP
    if route.auth in ("user", "any_user") and bearer.account_id is None:
        raise NEEDS_USER
    if bearer.user_id is not None and route.auth in ("user", "optional") and bearer.standing != "ok":
        raise STANDING[bearer.standing]


def token_text(request: Request, params: dict[str, Any]) -> str | None:
    """The token of the header, or of the parameters access_token and bearer_token."""
    header = request.header(b"authorization")
    if header is not None:
        scheme, _, value = header.partition(" ")
        if scheme.lower() == "bearer":
            return value.strip()
    found = params.get("access_token") or params.get("bearer_token")
    return found if isinstance(found, str) else None
