"""Servers that this one keeps away from."""

from typing import Annotated, Literal

from msgspec import Meta

from marula.entities.entity import Entity


class DomainBlock(Entity, kw_only=True):
    """A server blocked by the operators, as everyone may read it.

    Spec: Mastodon documentation, entities/DomainBlock
    """

    domain: Annotated[str, Meta(description="With asterisks where the operators so chose.")]
    digest: Annotated[str, Meta(description="SHA-256 of the real domain, in hexadecimal.")]
    severity: Literal["silence", "suspend"]
    comment: str | None


class DomainBlockPreview(Entity, kw_only=True):
    """What somebody would lose by hiding a domain.

    Spec: Mastodon documentation, methods/domain_blocks
    """

    following_count: int
    followers_count: int
