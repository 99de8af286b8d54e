"""Keys to an account."""

from typing import Annotated

from msgspec import Meta

from marula.entities.entity import Entity


class Token(Entity, kw_only=True):
    """An access token.

    Spec: Mastodon documentation, entities/Token
    """

    access_token: str
    token_type: Annotated[str, Meta(examples=["Bearer"])]
    scope: Annotated[str, Meta(description="Separated by spaces.")]
    created_at: Annotated[int, Meta(description="Unix seconds as a JSON number.")]
