"""Cards as viewers see them.

Spec: Mastodon documentation, entities/PreviewCard
"""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from marula.base.db import Connection
from marula.base.kernel.ids import AccountId
from marula.domain.cards import Card
from marula.domain.context import Context
from marula.entities import PreviewCard, PreviewCardAuthor
from marula.entities.scalars import datetime_text
from marula.views.account import accounts_by_id


class Held(msgspec.Struct, frozen=True, array_like=True):
    """A card as `store.CARD` gives it. `creator`: the author whom the page names and who lets it."""

    url: str
    card: Card
    image: str | None
    creator: AccountId | None


_held = msgspec.json.Decoder(Held)

Authors = Mapping[AccountId, msgspec.Raw]


def held(raw: str | None) -> Held | None:
    """The card in a column of `store.CARD`."""
    return None if raw is None else _held.decode(raw)


async def authors(ctx: Context, db: Connection, cards: Sequence[Held | None]) -> Authors:
    """The accounts of those who wrote what is behind these cards.

    Costs: none when no card names one; else as `accounts_by_id`.
    """
    named = {one.creator for one in cards if one is not None and one.creator is not None}
    if not named:
        return {}
    return {key: msgspec.Raw(one.data) for key, one in (await accounts_by_id(ctx, db, list(named))).items()}


def fields(ctx: Context, one: Held, known: Authors, *, url: str = "") -> dict[str, Any]:
    """The fields of a card, for PreviewCard and what is made of it. `url`: instead of the page's own.

    An author without a page of their own leads to the one that they wrote.
    """
    card = one.card
    account: Any = None if one.creator is None else known.get(one.creator)
    named = account is not None or card.author_name or card.author_url
    page = url or card.url or one.url
    return {
        "url": page,
        "title": card.title,
        "description": card.description,
        "language": card.language,
        "type": card.kind,
        "author_name": card.author_name,
        "author_url": card.author_url,
        "authors": [PreviewCardAuthor(name=card.author_name, url=card.author_url or page, account=account)]
        if named
        else [],
        "provider_name": card.provider_name,
        "provider_url": card.provider_url,
        "html": card.html,
        "width": card.width,
        "height": card.height,
        "image": None if one.image is None else f"{ctx.files.public}{one.image}",
        "image_description": card.image_description,
        "embed_url": card.embed_url,
        "blurhash": card.blurhash,
        "published_at": None if card.published_at is None else datetime_text(card.published_at),
    }


def shown(ctx: Context, one: Held | None, known: Authors) -> PreviewCard | None:
    """The card of a post."""
    return None if one is None else PreviewCard(**fields(ctx, one, known))
