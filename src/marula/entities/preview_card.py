"""What is behind a link."""

from typing import Annotated, Literal

from msgspec import UNSET, Meta, UnsetType

from marula.entities.entity import Entity
from marula.entities.preview_card_author import PreviewCardAuthor
from marula.entities.scalars import Datetime, Html, Url, UrlOrEmpty
from marula.entities.tag import UsageDay


class PreviewCard(Entity, kw_only=True):
    """A linked page in short. Unknown texts are empty strings, not null.

    Spec: Mastodon documentation, entities/PreviewCard
    """

    url: Url
    title: str
    description: str
    language: str | None
    type: Literal["link", "photo", "video", "rich"]
    author_name: Annotated[str, Meta(description="Deprecated: see authors.")]
    author_url: Annotated[UrlOrEmpty, Meta(description="Deprecated: see authors. May be empty.")]
    authors: list[PreviewCardAuthor]
    provider_name: str
    provider_url: UrlOrEmpty
    html: Html
    width: int
    height: int
    image: Url | None
    image_description: str
    embed_url: UrlOrEmpty
    blurhash: str | None
    published_at: Datetime | None
    missing_attribution: bool | UnsetType = UNSET


class TrendsLink(PreviewCard, kw_only=True):
    """A page that many people link to at present.

    Spec: Mastodon documentation, entities/PreviewCard (Trends::Link)
    """

    history: list[UsageDay]
