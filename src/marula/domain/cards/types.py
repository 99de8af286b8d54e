"""The words of cards."""

from datetime import datetime
from typing import Literal, TypeAlias

import msgspec

from marula.base.kernel.ids import LinkId

CardKind: TypeAlias = Literal["link", "photo", "video", "rich"]
"""Spec: Mastodon documentation, entities/PreviewCard#type"""


class Card(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What is known of the page behind a link. Texts that are not known are empty.

    `url`: what the page calls its own address, empty when that is the link. `image`: where its picture is; it is shown
    only from our own storage. `creator`: the handle of the account that wrote it, as the page says.
    """

    title: str
    description: str = ""
    url: str = ""
    kind: CardKind = "link"
    language: str | None = None
    author_name: str = ""
    author_url: str = ""
    provider_name: str = ""
    provider_url: str = ""
    html: str = ""
    width: int = 0
    height: int = 0
    image: str | None = None
    image_description: str = ""
    embed_url: str = ""
    blurhash: str | None = None
    published_at: datetime | None = None
    creator: str = ""


class Known(msgspec.Struct, frozen=True, kw_only=True):
    """A link, and how far we are with what is behind it."""

    id: LinkId
    url: str
    described: bool
    fetched_at: datetime | None
    retry_at: datetime | None
    failures: int


class Wanted(msgspec.Struct, frozen=True):
    """A link to fetch. `offered`: the server of the post said what is behind it, so that it does not matter when."""

    id: LinkId
    offered: bool


class Linking(msgspec.Struct, frozen=True, kw_only=True):
    """What decides which card a post has. `others`: addresses of people and posts that it names."""

    html: str
    local: bool
    bare: bool
    """Whether it has no files and quotes nothing, which are shown instead of a card."""
    others: frozenset[str]


class Claim(msgspec.Struct, frozen=True):
    """What came of asking to fetch a link: an address to fetch now, or when to ask again, or neither."""

    url: str | None = None
    again_at: datetime | None = None
