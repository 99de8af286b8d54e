"""How this server stands to others, given what its operators decided."""

import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime

import msgspec

from marula.base.kernel.errors import Invalid
from marula.base.text import normalise_domain
from marula.domain.boundaries.types import OPEN, DomainBlock, Stance

LONGEST_COMMENT = 2000

UNNAMED_SINCE = datetime(1970, 1, 1, tzinfo=UTC)
"""What marks the accounts of servers that are not let in by name."""

NOT_LET_IN = Stance(severity="suspend", reject_media=True, reject_reports=True, since=UNNAMED_SINCE)


class Boundaries(msgspec.Struct, frozen=True, kw_only=True):
    """All that operators decided. `limited`: only servers that are named are let in."""

    blocks: Mapping[str, DomainBlock]
    allows: frozenset[str]
    limited: bool = False

    def stance(self, host: str) -> Stance:
        """How this server stands to a host; a block counts for the names below it, and the nearest one decides."""
        names = _upwards(host)
        if self.limited and not any(name in self.allows for name in names):
            return NOT_LET_IN
        nearest = next((self.blocks[name] for name in names if name in self.blocks), None)
        if nearest is None:
            return OPEN
        return Stance(
            severity=nearest.severity,
            reject_media=nearest.reject_media or nearest.severity == "suspend",
            reject_reports=nearest.reject_reports or nearest.severity == "suspend",
            since=nearest.created_at,
        )


def covers(domain: str, host: str) -> bool:
    """Whether what is decided of a domain may concern this host."""
    return domain in _upwards(host)


def check_domain(text: str) -> str:
    """The domain that is meant, in ASCII and lower case. Raises: Invalid."""
    found = normalise_domain(text.strip().removeprefix("https://").removeprefix("*.").rstrip("./"))
    if found is None:
        raise Invalid.field("domain", "is not a valid domain name")
    return found


def check_comment(name: str, text: str) -> None:
    """Raises: Invalid when it is too long."""
    if len(text) > LONGEST_COMMENT:
        raise Invalid.field(name, f"is too long (maximum is {LONGEST_COMMENT} characters)", "ERR_TOO_LONG")


def obfuscated(domain: str) -> str:
    """The domain with the middle of its name starred. Spec: Mastodon documentation, entities/DomainBlock"""
    quarter = len(domain) // 4
    hidden = range(quarter + 1, len(domain) - quarter)
    return "".join("*" if place in hidden and letter != "." else letter for place, letter in enumerate(domain))


def digest(domain: str) -> str:
    """What tells two obfuscated domains apart: SHA-256, in hexadecimal."""
    return hashlib.sha256(domain.encode()).hexdigest()


def _upwards(host: str) -> list[str]:
    """The host with its port, its domain, and those it lies in, the nearest first."""
    domain = host.lower() if host.startswith("[") else host.lower().partition(":")[0]
    parts = domain.split(".")
    return [host.lower(), *(".".join(parts[place:]) for place in range(len(parts)))]
