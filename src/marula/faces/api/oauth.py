"""OAuth 2, as far as programs call it; the consent page is one of the pages.

Spec: RFC 6749, RFC 7009, RFC 7636, RFC 8414; Mastodon documentation, methods/oauth
"""

import base64
import binascii
from urllib.parse import unquote

from marula.base.kernel.errors import NotFound
from marula.domain import accounts, apps
from marula.domain.apps import App, Issued, OAuthError
from marula.entities import Empty, OAuthServerMetadata, OAuthUserinfo, Token
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


class RevokeForm(Form, frozen=True, kw_only=True):
    """Which token a program gives back."""

    token: str = ""
    client_id: str = ""
    client_secret: str = ""


@route("POST", "/oauth/token", auth="none")
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


@route("POST", "/oauth/revoke", auth="none")
async def revoke(call: Call, form: RevokeForm) -> Empty:
    """End a token of this program. One that does not exist is as good as ended."""
    app = await _program(call, form.client_id, form.client_secret)
    async with call.ctx.db.transaction() as tx:
        await apps.revoke(tx, app, form.token)
    return Empty()


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
        sub=f"{web}/users/{account.username}",
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
