"""OAuth 2, as far as programs call it; the consent page is one of the pages.

Spec: RFC 6749, RFC 7009, RFC 7636, RFC 8414; Mastodon documentation, methods/oauth
"""

import base64
import binascii
from urllib.parse import unquote

import msgspec

from marula.base.crypto.tokens import digest
from marula.base.kernel.errors import NotFound
from marula.domain import accounts, actors, apps
from marula.domain.apps import App, Issued, OAuthError
from marula.entities import (
    Empty,
    OAuthIntrospection,
    OAuthServerMetadata,
    OAuthTokenApplication,
    OAuthTokenInfo,
    OAuthUserinfo,
    Token,
)
from marula.faces.api.call import Call
from marula.faces.api.route import route
from marula.faces.http.forms import Form
from marula.faces.http.request import Request

BAD_REQUEST = "The request is missing a required parameter, includes an unsupported parameter value, or is malformed."
BAD_GRANT_TYPE = "The authorization grant type is not supported by the authorization server."
PICTURE = "/avatars/original/missing.png"

NO_STORE = [(b"cache-control", b"no-store"), (b"pragma", b"no-cache")]
CHALLENGE = (b"www-authenticate", b'Basic realm="OAuth", charset="UTF-8"')


class TokenForm(Form, frozen=True, kw_only=True):
    """How a program asks for a token. Its credentials may also come in the Authorization header."""

    grant_type: str = ""
    code: str = ""
    redirect_uri: str = ""
    code_verifier: str | None = None
    scope: str | None = None
    client_id: str = ""
    client_secret: str = ""


class HeldTokenForm(Form, frozen=True, kw_only=True):
    """Which token of its own a program speaks of."""

    token: str = ""
    client_id: str = ""
    client_secret: str = ""


@route("POST", "/oauth/token", auth="none", refuses=("401",))
async def token(call: Call, form: TokenForm) -> Token:
    """A token for a code a person's consent gave, or for the program itself."""
    call.headers += NO_STORE
    if form.grant_type not in ("authorization_code", "client_credentials"):
        raise OAuthError("unsupported_grant_type" if form.grant_type else "invalid_request", BAD_GRANT_TYPE)
    app = await _program(call, form.client_id, form.client_secret)
    async with call.ctx.db.transaction() as tx:
        if form.grant_type == "client_credentials":
            return _entity(await apps.client_credentials(tx, app, form.scope))
        if not form.code or not form.redirect_uri:
            raise OAuthError("invalid_request", BAD_REQUEST)
        issued = await apps.exchange(
            tx, app, form.code, redirect_uri=form.redirect_uri, verifier=form.code_verifier or None
        )
        return _entity(issued)


@route("POST", "/oauth/revoke", auth="none", refuses=("401",))
async def revoke(call: Call, form: HeldTokenForm) -> Empty:
    """End a token of this program. One that does not exist is as good as ended."""
    app = await _program(call, form.client_id, form.client_secret)
    async with call.ctx.db.transaction() as tx:
        await apps.revoke(tx, app, form.token)
    return Empty()


@route("POST", "/oauth/introspect", auth="none", refuses=("401",))
async def introspect(call: Call, form: HeldTokenForm) -> OAuthIntrospection:
    """Whether a token of this program is worth something. Spec: RFC 7662, 2"""
    call.headers += NO_STORE
    app = await _program(call, form.client_id, form.client_secret)
    async with call.ctx.db.reading() as db:
        bearer = await apps.token_holder(db, digest(form.token))
    if bearer is None or bearer.app_id != app.id or not bearer.valid(call.ctx.clock.now()):
        return OAuthIntrospection(active=False)
    return OAuthIntrospection(
        active=True,
        scope=" ".join(bearer.scopes),
        client_id=app.client_id,
        token_type="Bearer",  # noqa: S106 - the name of the type
        iat=int(bearer.created_at.timestamp()),
        exp=msgspec.UNSET if bearer.expires_at is None else int(bearer.expires_at.timestamp()),
    )


@route("GET", "/oauth/token/info", auth="token")
async def token_info(call: Call) -> OAuthTokenInfo:
    """What the token of this call is good for."""
    bearer = call.token
    async with call.ctx.db.reading() as db:
        app = await apps.by_id(db, bearer.app_id)
    if app is None:
        raise NotFound
    ends = bearer.expires_at
    return OAuthTokenInfo(
        resource_owner_id=None if bearer.account_id is None else str(bearer.account_id),
        scope=list(bearer.scopes),
        expires_in=None if ends is None else int((ends - call.ctx.clock.now()).total_seconds()),
        application=OAuthTokenApplication(uid=app.client_id),
        created_at=int(bearer.created_at.timestamp()),
    )


@route("GET", "/oauth/userinfo", auth="user", scopes=("profile", "read", "read:accounts"))
async def userinfo(call: Call) -> OAuthUserinfo:
    """Who one is, for programs that only need that."""
    return await _userinfo(call)


@route("POST", "/oauth/userinfo", auth="user", scopes=("profile", "read", "read:accounts"))
async def userinfo_by_post(call: Call) -> OAuthUserinfo:
    """The same."""
    return await _userinfo(call)


@route("GET", "/.well-known/oauth-authorization-server", auth="none", cache="public, max-age=300")
async def metadata(call: Call) -> OAuthServerMetadata:
    """Where everything is."""
    web = call.ctx.config.web_url
    return OAuthServerMetadata(
        issuer=f"{web}/",
        service_documentation=f"{web}/api/docs",
        authorization_endpoint=f"{web}/oauth/authorize",
        token_endpoint=f"{web}/oauth/token",
        userinfo_endpoint=f"{web}/oauth/userinfo",
        revocation_endpoint=f"{web}/oauth/revoke",
        app_registration_endpoint=f"{web}/api/v1/apps",
        scopes_supported=apps.scopes.ordered(apps.scopes.ALL),
        response_types_supported=["code"],
        response_modes_supported=["query", "fragment"],
        grant_types_supported=["authorization_code", "client_credentials"],
        token_endpoint_auth_methods_supported=["client_secret_basic", "client_secret_post"],
        code_challenge_methods_supported=["S256"],
    )


async def _userinfo(call: Call) -> OAuthUserinfo:
    async with call.ctx.db.reading() as db:
        account = await accounts.by_id(db, call.me)
    if account is None:
        raise NotFound
    web = call.ctx.config.web_url
    return OAuthUserinfo(
        iss=f"{web}/",
        sub=actors.actor_uri(call.ctx.config, account.id),
        name=account.display_name or account.username,
        preferred_username=account.username,
        profile=f"{web}/@{account.username}",
        picture=f"{web}{PICTURE}",
    )


async def _program(call: Call, client_id: str, client_secret: str) -> App:
    """The program that proves itself, by header or by form. Raises OAuthError."""
    basic = _basic(call.request)
    try:
        async with call.ctx.db.reading() as db:
            return await apps.authenticate(db, *(basic or (client_id, client_secret)))
    except OAuthError:
        # spec: rfc6749 5.2
        if basic is not None:
            call.headers.append(CHALLENGE)
        raise


def _basic(request: Request) -> tuple[str, str] | None:
    # spec: rfc6749 2.3.1
    scheme, _, value = (request.header(b"authorization") or "").partition(" ")
    if scheme.lower() != "basic":
        return None
    try:
        name, _, secret = base64.b64decode(value.strip()).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return None
    return unquote(name), unquote(secret)


def _entity(issued: Issued) -> Token:
    return Token(
        access_token=issued.token,
        token_type="Bearer",  # noqa: S106 - the name of the type
        scope=" ".join(issued.scopes),
        created_at=int(issued.created_at.timestamp()),
    )
