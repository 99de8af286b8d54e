"""What of other servers is kept out: domain blocks, and in limited federation the servers that are let in.

Here it is decided and kept. What becomes of the people of a blocked server is done by `moderation`; who asks for a
document, sends or is sent something asks `stance` first.

Tables owned: domain_blocks, domain_allows.
"""

from marula.domain.boundaries.actions import allow, block, disallow, unblock
from marula.domain.boundaries.elsewhere import download, mark, marked
from marula.domain.boundaries.events import BoundaryMoved
from marula.domain.boundaries.reading import blocks, current, stance
from marula.domain.boundaries.rules import UNNAMED_SINCE, Boundaries, check_domain, covers, digest, obfuscated
from marula.domain.boundaries.store import allows, block_of
from marula.domain.boundaries.types import OPEN, BlockDraft, DomainAllow, DomainBlock, Severity, Stance

__all__ = [
    "OPEN",
    "UNNAMED_SINCE",
    "BlockDraft",
    "Boundaries",
    "BoundaryMoved",
    "DomainAllow",
    "DomainBlock",
    "Severity",
    "Stance",
    "allow",
    "allows",
    "block",
    "block_of",
    "blocks",
    "check_domain",
    "covers",
    "current",
    "digest",
    "disallow",
    "download",
    "mark",
    "marked",
    "obfuscated",
    "stance",
    "unblock",
]
