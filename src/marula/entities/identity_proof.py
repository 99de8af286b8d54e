"""Proofs of identity, a feature of the past."""

from marula.entities.entity import Entity
from marula.entities.scalars import Datetime, Url


class IdentityProof(Entity, kw_only=True):
    """A proof that an account elsewhere belongs to the same person.

    Spec: Mastodon documentation, entities/IdentityProof
    """

    provider: str
    provider_username: str
    profile_url: Url
    proof_url: Url
    updated_at: Datetime
