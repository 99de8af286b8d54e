"""Pages, their answers by oEmbed, and their pictures, from the web."""

import asyncio
from datetime import timedelta

import msgspec

from marula.base.db import Connection
from marula.base.files import StorageFull, StorageUnreachable, scratch
from marula.base.imaging import PREVIEW, DecoderFailed, Name, TooLarge, Undecodable, decode
from marula.base.kernel.errors import Unreachable
from marula.base.kernel.ids import AccountId
from marula.base.net import Answer, Limits
from marula.base.observe import logs
from marula.base.text.charsets import decode_page
from marula.domain import accounts, storage
from marula.domain.cards import rules
from marula.domain.cards.markup import Markup, markup
from marula.domain.cards.oembed import Embed, embed
from marula.domain.cards.types import Card
from marula.domain.context import Context
from marula.domain.storage import Blob, Purpose

log = logs.logger("cards")

PATIENCE = 75.0
"""Seconds for a page with all redirects, its answer by oEmbed and its picture: less than a claim lasts."""

PAGE = Limits(size=1024 * 1024, cut=True, time=timedelta(seconds=20), redirects=5)
ANSWER = Limits(size=256 * 1024, time=timedelta(seconds=10), redirects=3)
PICTURE = Limits(size=8 * 1024 * 1024, time=timedelta(seconds=30), redirects=3)
"""Spec: limits.json, media.preview_card_image_limit"""

PAGES = ("text/html", "application/xhtml+xml")
OEMBED = ("application/json+oembed", "text/json+oembed")


class Found(msgspec.Struct, frozen=True):
    """A card, and its picture in storage."""

    card: Card
    image: Blob | None


async def look(ctx: Context, url: str) -> Found | None:
    """What is behind a link; None when that is no page that says what it is.

    Raises: Unreachable when it may be worth to ask again.
    """
    try:
        async with asyncio.timeout(PATIENCE):
            return await _look(ctx, url)
    except TimeoutError as error:
        raise Unreachable(f"{rules.host(url)} takes too long over its page, with all that belongs to it") from error


async def _look(ctx: Context, url: str) -> Found | None:
    answer = await ctx.http.get(url, headers={"accept": f"{', '.join(PAGES)}, */*;q=0.1"}, limits=PAGE, insecure=True)
    if answer.status in (408, 425, 429) or answer.status >= 500:
        raise Unreachable(f"{rules.host(url)} answers {answer.status}")
    if answer.status != 200 or answer.media_type not in PAGES or rules.address(answer.url) is None:
        return None
    page = await asyncio.to_thread(_read, answer)
    card = rules.card(rules.address(answer.url) or url, page, await _embed(ctx, answer.url, page))
    return None if card is None else await _pictured(ctx, card)


def _read(answer: Answer) -> Markup:
    return markup(decode_page(answer.body, answer.headers.get("content-type", "")))


async def creator(ctx: Context, card: Card | None) -> str:
    """The handle of the account that a page names as its author, after it was looked up where nobody knew it."""
    if card is None or not card.creator:
        return ""
    named = f"@{card.creator}"
    await accounts.acquaint(ctx, named)
    return named


async def account(ctx: Context, db: Connection, named: str) -> AccountId | None:
    """The account with this handle."""
    found = await accounts.named(ctx, db, named)
    return next((one.id for one in found.values()), None)


async def _embed(ctx: Context, url: str, page: Markup) -> Embed | None:
    """What the page's server says by oEmbed, where the page says that it does. It is never worth to fail for."""
    named = next((href for kind in OEMBED if (href := page.link("alternate", kind))), "")
    address = rules.within(url, named)
    if not address:
        return None
    try:
        answer = await ctx.http.get(address, headers={"accept": "application/json"}, limits=ANSWER, insecure=True)
    except Unreachable as error:
        log.info("no answer by oEmbed", url=address, reason=str(error))
        return None
    return embed(answer.body, url) if answer.status == 200 else None


async def _pictured(ctx: Context, card: Card) -> Found:
    """The card with its picture, when that can be had and is one. The card is shown without it otherwise."""
    if card.image is None:
        return Found(card, None)
    try:
        answer = await ctx.http.get(card.image, headers={"accept": "image/*"}, limits=PICTURE, insecure=True)
        if answer.status != 200:
            raise Unreachable(f"{rules.host(card.image)} answers {answer.status}")
        return await _kept(ctx, card, answer.body)
    except (Unreachable, Undecodable, TooLarge, DecoderFailed, StorageFull, StorageUnreachable) as error:
        log.info("a card goes without its picture", url=card.image, reason=str(error) or type(error).__name__)
        return Found(card, None)


async def _kept(ctx: Context, card: Card, body: bytes) -> Found:
    async with scratch(ctx.config.incoming_dir) as folder:
        source, into = folder / "source", folder / "made"
        into.mkdir()
        await asyncio.to_thread(source.write_bytes, body)
        decoded = await decode(source, into, PREVIEW)
        made = decoded.files[Name.ORIGINAL]
        blob = await storage.bring(ctx, made.path, purpose=Purpose.PREVIEW, content_type=made.content_type, remote=True)
    if card.kind == "video":
        return Found(msgspec.structs.replace(card, blurhash=decoded.blurhash), blob)
    size = {"width": made.width or 0, "height": made.height or 0}
    return Found(msgspec.structs.replace(card, blurhash=decoded.blurhash, **size), blob)
