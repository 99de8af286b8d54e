"""Which endpoints of Mastodon are served, and why the others are not.

`endpoints.tsv` lists all of them, with method, path and tier (core, extended or admin). `REASONS` names those that are
absent; a test of the contract keeps both true: no absent endpoint without a reason, no reason for one that is served.
Spec: Mastodon documentation, API methods
"""

from collections.abc import Collection
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Literal, TypeAlias

import msgspec

Tier: TypeAlias = Literal["core", "extended", "admin"]

LIST = Path(__file__).parent / "endpoints.tsv"

REASONS: dict[str, str] = {
    "* /api/v1/admin/*": "comes with the tools of moderators",
    "* /api/v2/admin/*": "comes with the tools of moderators",
    "GET /.well-known/proxy": "comes with federation: it leads to a page for visitors from other servers",
    "GET /invite/{invite_code}": "comes with invitations",
    "GET /oauth/authorize/native": "the page of consent shows the code itself to those whose program has no address",
    "DELETE /oauth/authorize": "the page of consent sends both answers by POST, as forms do",
    "* /api/web/*": "of Mastodon's own web app: ours uses what is open to all",
    "* /api/fasp/*": "Marula finds, ranks and suggests by itself, without providers that would be registered here",
    "POST /api/v1/accounts/{account_id}/email_subscriptions": "nobody can read an account by mail here",
    "GET /api/v1/accounts/{id}/identity_proofs": "proofs went with Mastodon 3.5, where this has been empty since",
    "GET /api/v1/donation_campaigns": "asks people to give to Mastodon, not to those who run their server",
}
"""Why endpoints are absent, by method and path; * stands for anything."""


class Endpoint(msgspec.Struct, frozen=True, kw_only=True):
    """An endpoint of Mastodon."""

    method: str
    path: str
    tier: Tier

    def fits(self, pattern: str) -> bool:
        """Whether a line of `REASONS` is about it."""
        return fnmatchcase(f"{self.method} {self.path}", pattern.replace("[", "[[]"))


class Absent(msgspec.Struct, frozen=True, kw_only=True):
    """An endpoint that is not served; a reason of None means that nobody thought of it."""

    endpoint: Endpoint
    reason: str | None


class Coverage(msgspec.Struct, frozen=True, kw_only=True):
    """What of Mastodon's API is served. `stale`: lines of `REASONS` that name nothing absent, or something served."""

    served: tuple[Endpoint, ...]
    absent: tuple[Absent, ...]
    stale: tuple[str, ...]


def endpoints() -> list[Endpoint]:
    """All endpoints of Mastodon, in the order of their paths."""
    rows = (line.split("\t") for line in LIST.read_text(encoding="utf-8").splitlines())
    return msgspec.convert([{"method": row[0], "path": row[1], "tier": row[2]} for row in rows], list[Endpoint])


def coverage(answered: Collection[tuple[str, str]]) -> Coverage:
    """Compare the list with what is answered: pairs of method and path, whatever the names in the path."""
    known = {(method, plain(path)) for method, path in answered}
    served, absent = [], []
    for one in endpoints():
        (served if (one.method, plain(one.path)) in known else absent).append(one)
    stale = [
        pattern
        for pattern in REASONS
        if not any(one.fits(pattern) for one in absent) or any(one.fits(pattern) for one in served)
    ]
    return Coverage(
        served=tuple(served),
        absent=tuple(Absent(endpoint=one, reason=_reason(one)) for one in absent),
        stale=tuple(stale),
    )


def plain(path: str) -> str:
    """A path whose named segments have no names."""
    return "/".join("{}" if part.startswith("{") else part for part in path.split("/"))


def _reason(one: Endpoint) -> str | None:
    return next((reason for pattern, reason in REASONS.items() if one.fits(pattern)), None)
