"""How this face says that something cannot be: status and body. The only such table of the API.

Spec: Mastodon documentation, entities/Error; permissions.json, error_strings.
"""

from typing import Any

from marula.base.kernel.errors import (
    Conflict,
    Forbidden,
    Gone,
    Invalid,
    MarulaError,
    NotFound,
    Refused,
    TooMany,
    Unreachable,
)
from marula.domain.apps import OAuthError
from marula.faces.http.request import BadRequest


class Unauthorised(Exception):
    """The token is missing, unknown, revoked or expired, or not of the kind that is needed."""

    def __init__(self, status: int, why: str) -> None:
        super().__init__(why)
        self.status = status
        self.why = why


class Told(Exception):
    """An error with a body of its own, which the documentation of the endpoint describes."""

    def __init__(self, status: int, body: dict[str, Any]) -> None:
        super().__init__(body["error"])
        self.status = status
        self.body = body


STATUS: dict[type[MarulaError], int] = {
    NotFound: 404,
    Gone: 410,
    Forbidden: 403,
    Conflict: 409,
    Refused: 422,
    Invalid: 422,
    TooMany: 429,
    Unreachable: 503,
}

OAUTH_STATUS = {"invalid_client": 401, "unauthorized_client": 403}
"""The errors of OAuth that are not 400. Spec: RFC 6749, 5.2; permissions.json, oauth.errors"""

EXPECTED = (MarulaError, Unauthorised, BadRequest, Told)


def answer(error: Exception, *, detailed: bool = False, nested: bool = False) -> tuple[int, dict[str, Any]]:
    """Status and body for an expected error.

    `detailed` lists the problems of a form by field; `nested` puts such an error as a whole inside `error`.
    """
    if isinstance(error, Unauthorised | BadRequest):
        return error.status, {"error": error.why}
    if isinstance(error, Told):
        return error.status, error.body
    if isinstance(error, OAuthError):
        return OAUTH_STATUS.get(error.code, 400), {"error": error.code, "error_description": error.why}
    if isinstance(error, Invalid):
        return 422, {"error": _by_field(error)} if nested else _invalid(error, detailed)
    assert isinstance(error, MarulaError)
    kind = next(kind for kind in type(error).__mro__ if kind in STATUS)
    return STATUS[kind], {"error": error.why}


def _invalid(error: Invalid, detailed: bool) -> dict[str, Any]:
    if error.why == "Invalid date supplied":
        return {"error": error.why}
    if detailed and any(problem.field is not None for problem in error.problems):
        return _by_field(error)
    return {"error": f"Validation failed: {error.why}"}


def _by_field(error: Invalid) -> dict[str, Any]:
    """The sentence, and the problems of each field; those of the whole stand under `base`."""
    details: dict[str, list[dict[str, str]]] = {}
    for problem in error.problems:
        told = {"error": problem.code, "description": problem.why}
        details.setdefault(problem.field or "base", []).append(told)
    return {"error": f"Validation failed: {error.why}", "details": details}
