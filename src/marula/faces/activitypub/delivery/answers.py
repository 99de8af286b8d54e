"""What the answer of an inbox means for a delivery.

Spec: RFC 9110, 15 (status codes) and 10.2.3 (Retry-After)
"""

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Literal, TypeAlias

import msgspec

from marula.base.kernel.errors import Unreachable
from marula.base.net import Answer, Uncallable

Reason: TypeAlias = Literal["delivered", "refused", "signature", "busy", "error", "unreachable", "blocked"]
"""One word for how a try ended; the metrics count them."""

LONGEST_WAIT = timedelta(hours=6)
"""How long a server may have us wait, whatever it asks for."""

AGAIN = (401, 408, 429)
"""Refusals that may pass."""

NEVER = 501

_WORDS = {
    400: "finds it malformed",
    401: "does not accept our signature",
    403: "does not want it: it may block this server, or the sender",
    404: "has no inbox there",
    405: "has no inbox there that takes anything",
    406: "takes no such document",
    408: "waited too long for us",
    410: "says that the inbox is gone for good",
    413: "finds it too large",
    415: "takes no such document",
    422: "finds it unacceptable",
    429: "has us wait: it gets too much",
    451: "may not take it, for legal reasons",
    500: "failed inside",
    501: "knows no such thing as an inbox",
    502: "is not there behind its proxy",
    503: "is busy or closed for now",
    504: "does not answer its proxy in time",
}


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    """How a try ended. `final`: it is not tried again. `wait`: for how long the server asks us to.

    `failing`: whether this speaks against the server as a whole. `alone`: it may be this one document that the server
    cannot take.
    """

    reason: Reason
    final: bool
    status: int | None = None
    why: str | None = None
    wait: timedelta | None = None
    failing: bool = True
    alone: bool = False


def judged(answer: Answer, now: datetime) -> Verdict:
    """What an answer means."""
    status = answer.status
    if 200 <= status < 300:
        return Verdict(reason="delivered", final=True, status=status, failing=False)
    why = f"the server {_words(status)} ({status})"
    if (400 <= status < 500 and status not in AGAIN) or status == NEVER:
        return Verdict(reason="refused", final=True, status=status, why=why)
    wait = _wait(answer.headers.get("retry-after"), now)
    reason: Reason = {401: "signature", 429: "busy"}.get(status, "error")  # pyright: ignore[reportAssignmentType]
    return Verdict(
        reason=reason, final=False, status=status, why=why, wait=wait, failing=status != 429, alone=status == 500
    )


def silence(error: Unreachable) -> Verdict:
    """What it means that nothing was answered. Without words of its own it is our own database that is away."""
    if isinstance(error, Uncallable):
        return Verdict(reason="refused", final=True, why=error.why, failing=False)
    return Verdict(reason="unreachable", final=False, why=error.why, failing=error.why != Unreachable.default)


def _words(status: int) -> str:
    if status in _WORDS:
        return _WORDS[status]
    if 300 <= status < 400:
        return "sends us elsewhere, which inboxes must not"
    return "refuses it" if 400 <= status < 500 else "failed"


def _wait(text: str | None, now: datetime) -> timedelta | None:
    """How long `Retry-After` asks to wait, in seconds or until a date; None when it cannot be read."""
    given = (text or "").strip()
    if given.isascii() and given.isdecimal():
        wait = timedelta(seconds=min(int(given[:9]), 10**6))
    else:
        try:
            moment = parsedate_to_datetime(given)
        except ValueError:
            return None
        wait = (moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)) - now
    return min(max(wait, timedelta()), LONGEST_WAIT)
