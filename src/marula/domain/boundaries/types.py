"""The words of boundaries."""

from datetime import datetime
from typing import Literal, TypeAlias

import msgspec

Severity: TypeAlias = Literal["noop", "silence", "suspend"]
"""noop: nothing but the two refusals. silence: its people are limited. suspend: nothing goes in or out.

Spec: Mastodon documentation, admin/moderation (server-wide moderation)
"""


class BlockDraft(msgspec.Struct, frozen=True, kw_only=True):
    """A domain block as asked for. `public_comment` is shown to everybody where blocks are published."""

    domain: str
    severity: Severity = "silence"
    reject_media: bool = False
    reject_reports: bool = False
    public_comment: str = ""
    private_comment: str = ""
    obfuscate: bool = False


class DomainBlock(BlockDraft, frozen=True, kw_only=True):
    """A domain block in force. `created_at` also marks the accounts that it limits or suspends."""

    id: int
    created_at: datetime


class DomainAllow(msgspec.Struct, frozen=True, kw_only=True):
    """A server that is let in where only those are that are named."""

    id: int
    domain: str
    created_at: datetime


class Stance(msgspec.Struct, frozen=True, kw_only=True):
    """How this server stands to another one. `since`: of the block that says so, if one does."""

    severity: Severity = "noop"
    reject_media: bool = False
    reject_reports: bool = False
    since: datetime | None = None

    @property
    def suspended(self) -> bool:
        return self.severity == "suspend"


OPEN = Stance()
"""Towards a server of which nothing is kept out."""
