"""How the pages say that something cannot be: the only such table of this face."""

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
from marula.faces.http.request import BadRequest
from marula.faces.pages.cookies import ForgedForm
from marula.faces.pages.page import Shown

STATUS: dict[type[MarulaError], int] = {
    ForgedForm: 422,
    NotFound: 404,
    Gone: 410,
    Forbidden: 403,
    Conflict: 409,
    Refused: 422,
    Invalid: 422,
    TooMany: 429,
    Unreachable: 503,
}

EXPECTED = (MarulaError, BadRequest)


def answer(error: Exception) -> Shown:
    """The page for an expected error."""
    if isinstance(error, BadRequest):
        return of_status(error.status)
    assert isinstance(error, MarulaError)
    kind = next(kind for kind in type(error).__mro__ if kind in STATUS)
    return of_status(STATUS[kind], problem="csrf" if isinstance(error, ForgedForm) else None)


def of_status(status: int, *, problem: str | None = None, request_id: str | None = None) -> Shown:
    """The page that explains a status."""
    values = {"status": status, "problem": problem, "request_id": request_id}
    return Shown(template="error.html", title=str(status), values=values, status=status)


def by_field(error: Invalid) -> dict[str, list[str]]:
    """The problems of a form, by field; those of no field under `base`."""
    found: dict[str, list[str]] = {}
    for problem in error.problems:
        words = problem.sentence if problem.field is None else f"{problem.why[:1].upper()}{problem.why[1:]}"
        found.setdefault(problem.field or "base", []).append(words.rstrip(".") + ".")
    return found
