"""Posts shown inside other sites."""

from typing import Annotated, Literal

from msgspec import Meta

from marula.entities.entity import Entity
from marula.entities.scalars import Html, Url


class OEmbed(Entity, kw_only=True):
    """A post as an embeddable frame.

    Spec: oEmbed 1.0; Mastodon documentation, methods/oembed
    """

    type: Literal["rich"]
    version: Literal["1.0"]
    author_name: str
    author_url: Url
    provider_name: str
    provider_url: Url
    cache_age: Annotated[int, Meta(description="Seconds.")]
    html: Html
    width: int
    height: int | None
