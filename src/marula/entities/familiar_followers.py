"""Followers one knows."""

from typing import Annotated

from msgspec import Meta

from marula.entities.account import Account
from marula.entities.entity import Entity
from marula.entities.scalars import Id


class FamiliarFollowers(Entity, kw_only=True):
    """Who of those one follows also follows an account.

    Spec: Mastodon documentation, entities/FamiliarFollowers
    """

    id: Annotated[Id, Meta(description="The account that is followed.")]
    accounts: list[Account]
