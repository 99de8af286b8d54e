"""What a program may be and may ask for. Pure.

Spec: Mastodon documentation, methods/apps and methods/oauth; RFC 6749; RFC 7636
"""

import re
from urllib.parse import urlsplit

from marula.base.crypto.tokens import challenge_matches
from marula.base.kernel.errors import Problem
from marula.domain.apps import scopes as scope_words
from marula.domain.apps.types import App, Asked, Grant, NewApp, OAuthError, Wanted

NAME_MAX = 60
WEBSITE_MAX = 2000
REDIRECT_URIS_MAX = 2000
OUT_OF_BAND = "urn:ietf:wg:oauth:2.0:oob"
FORBIDDEN_SCHEMES = frozenset({"data", "vbscript", "javascript"})

BAD_CLIENT = (
    "Client authentication failed due to unknown client, no client authentication included, "
    "or unsupported authentication method."
)
BAD_GRANT = (
    "The provided authorization grant is invalid, expired, revoked, does not match the redirection URI "
    "used in the authorization request, or was issued to another client."
)
BAD_SCOPE = "The requested scope is invalid, unknown, or malformed."
BAD_REDIRECT = "The redirect URI included is not valid."

_CHALLENGE = re.compile(r"[A-Za-z0-9_-]{43}")


def redirect_uris(new: NewApp) -> tuple[str, ...]:
    """The addresses to which a program may have people sent back: one a line, or several."""
    lines = new.redirect_uris.split() if isinstance(new.redirect_uris, str) else new.redirect_uris
    return tuple(dict.fromkeys(line.strip() for line in lines if line.strip()))


def scopes(text: str | None) -> tuple[str, ...]:
    """The scopes asked for, in their usual order and unknown ones after; `read` when nothing was asked for."""
    asked = scope_words.parse(text or "") or scope_words.DEFAULT
    return (*scope_words.ordered(asked), *sorted(scope_words.unknown(asked)))


def problems(new: NewApp) -> list[Problem]:
    """Everything that is wrong with a program that wants to register."""
    found: list[Problem] = []
    if not new.name.strip():
        found.append(Problem("Application name can't be blank"))
    if len(new.name.strip()) > NAME_MAX:
        found.append(Problem(f"Application name is too long (maximum is {NAME_MAX} characters)"))
    if new.website and len(new.website) > WEBSITE_MAX:
        found.append(Problem(f"Application website is too long (maximum is {WEBSITE_MAX} characters)"))
    if new.website and _scheme(new.website) not in ("http", "https"):
        found.append(Problem("Application website must be a valid URL"))
    uris = redirect_uris(new)
    if not uris:
        found.append(Problem("Redirect URI can't be blank"))
    if sum(map(len, uris)) > REDIRECT_URIS_MAX:
        found.append(Problem(f"Redirect URI is too long (maximum is {REDIRECT_URIS_MAX} characters)"))
    found += [problem for uri in uris if (problem := _redirect_problem(uri)) is not None][:1]
    if scope_words.unknown(scopes(new.scopes)):
        found.append(Problem("Scopes doesn't match configured on the server."))
    return found


def check_asked(app: App | None, asked: Asked) -> Wanted:
    """What a program asks a person for. Raises OAuthError.

    The errors invalid_client and invalid_redirect_uri must be shown, not sent to the redirect URI.
    """
    if app is None:
        raise OAuthError("invalid_client", BAD_CLIENT)
    # spec: rfc6749 3.1.2.3
    if asked.redirect_uri not in app.redirect_uris:
        raise OAuthError("invalid_redirect_uri", BAD_REDIRECT)
    if asked.response_type != "code":
        why = "The authorization server does not support this response type."
        raise OAuthError("unsupported_response_type", why)
    if asked.code_challenge is not None:
        # spec: rfc7636 4.3; without a method the challenge would be plain, which is not offered
        if asked.code_challenge_method != "S256":
            raise OAuthError("invalid_request", "The code challenge method must be S256.")
        if not _CHALLENGE.fullmatch(asked.code_challenge):
            raise OAuthError("invalid_request", "The code challenge must be 43 characters of base64url.")
    return Wanted(
        app=app,
        redirect_uri=asked.redirect_uri,
        scopes=allowed_scopes(app, asked.scope),
        code_challenge=asked.code_challenge,
    )


def allowed_scopes(app: App, asked: str | None) -> tuple[str, ...]:
    """The scopes asked for. Raises OAuthError when the program was not registered for them."""
    wanted = scopes(asked)
    if scope_words.unknown(wanted) or not scope_words.within(wanted, app.scopes):
        raise OAuthError("invalid_scope", BAD_SCOPE)
    return wanted


def check_exchange(grant: Grant, redirect_uri: str, verifier: str | None) -> None:
    """Whether whoever brings the code is who asked for it. Raises OAuthError. Spec: RFC 6749, 4.1.3; RFC 7636, 4.6"""
    if grant.redirect_uri != redirect_uri:
        raise OAuthError("invalid_grant", BAD_GRANT)
    if grant.code_challenge is not None and not (verifier and challenge_matches(verifier, grant.code_challenge)):
        raise OAuthError("invalid_grant", BAD_GRANT)
    if grant.code_challenge is None and verifier:
        raise OAuthError("invalid_grant", BAD_GRANT)


def _scheme(uri: str) -> str | None:
    """The scheme of an absolute address, lower-case; None for anything else."""
    try:
        parts = urlsplit(uri)
    except ValueError:
        return None
    return parts.scheme.lower() if parts.scheme and (parts.netloc or parts.path) else None


def _redirect_problem(uri: str) -> Problem | None:
    if uri == OUT_OF_BAND:
        return None
    scheme = _scheme(uri)
    if scheme is None or (scheme in ("http", "https") and not urlsplit(uri).netloc):
        return Problem("Redirect URI must be an absolute URI.")
    if scheme in FORBIDDEN_SCHEMES:
        return Problem("Redirect URI is forbidden by the server.")
    if "#" in uri:
        return Problem("Redirect URI cannot contain a fragment.")
    return None
