"""Accounts worth following."""

from typing import Annotated, Literal

from msgspec import Meta

from marula.entities.account import Account
from marula.entities.entity import Entity


class Suggestion(Entity, kw_only=True):
    """An account, and why it is suggested.

    Spec: Mastodon documentation, entities/Suggestion
    """

    source: Annotated[Literal["staff", "past_interactions", "global"], Meta(description="Deprecated: see sources.")]
    sources: list[
        Literal["featured", "most_followed", "most_interactions", "similar_to_recently_followed", "friends_of_friends"]
    ]
    account: Account
