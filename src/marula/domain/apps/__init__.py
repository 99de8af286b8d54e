"""OAuth 2: programs that act for people, the consent people give them, and the tokens they call with.

`register` makes a program known, `check_asked` and `authorise` are the consent page, `exchange` gives the token, and
`caller` says at each request who calls.

Tables owned: apps, grants, tokens.
"""

from marula.domain.apps import reactions, scopes
from marula.domain.apps.actions import (
    authenticate,
    authorise,
    client_credentials,
    exchange,
    issue,
    mark_used,
    personal_token,
    register,
    renew_password,
    reset_password,
    revoke,
    withdraw,
    withdraw_all,
)
from marula.domain.apps.events import AppAuthorised, AppRegistered, TokensRevoked
from marula.domain.apps.reading import caller
from marula.domain.apps.rules import OUT_OF_BAND, check_asked
from marula.domain.apps.store import by_client_id, by_id, permitted, token_holder
from marula.domain.apps.types import App, Asked, Bearer, Issued, NewApp, OAuthError, Permitted, Registered, Wanted
from marula.domain.apps.web import knows_web_token, permit_web, web_token

__all__ = [
    "OUT_OF_BAND",
    "App",
    "AppAuthorised",
    "AppRegistered",
    "Asked",
    "Bearer",
    "Issued",
    "NewApp",
    "OAuthError",
    "Permitted",
    "Registered",
    "TokensRevoked",
    "Wanted",
    "authenticate",
    "authorise",
    "by_client_id",
    "by_id",
    "caller",
    "check_asked",
    "client_credentials",
    "exchange",
    "issue",
    "knows_web_token",
    "mark_used",
    "permit_web",
    "permitted",
    "personal_token",
    "reactions",
    "register",
    "renew_password",
    "reset_password",
    "revoke",
    "scopes",
    "token_holder",
    "web_token",
    "withdraw",
    "withdraw_all",
]
