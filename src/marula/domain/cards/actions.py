"""The writes of cards."""

from collections.abc import Sequence
from datetime import timedelta

from marula.base.db import Tx
from marula.base.events import record
from marula.base.kernel.ids import AccountId, BlobId, LinkId, PostId
from marula.domain import posts, storage
from marula.domain.cards import rules, store
from marula.domain.cards.events import LinkDescribed
from marula.domain.cards.types import Card, Claim, Known, Wanted

CLAIMED = timedelta(minutes=2)
"""How long a process may take for one link before another one tries."""

GAP = timedelta(seconds=1)
"""Between two pages that one host is asked for."""

SOON = timedelta(milliseconds=500)


async def attach(tx: Tx, post: PostId, *, home: frozenset[str]) -> Wanted | None:
    """Let a post have the card of its first link, or none any more. Gives the link when it wants to be fetched.

    Takes: `home`, the hosts of this server. Costs: at most six statements.
    """
    found = await store.linking(tx, post)
    url = None if found is None else rules.first_link(found, home=home)
    if url is not None:
        await store.know(tx, [url])
    link = None if url is None else await store.by_url(tx, url)
    changed = await store.attach(tx, post, None if link is None else link.id)
    if changed and (link is None or link.described):
        await posts.renew(tx, [post])
    if link is None or not rules.wanted(link, tx.now):
        return None
    return Wanted(link.id, await store.offered(tx, post))


async def offer(tx: Tx, post: PostId, url: str, card: Card) -> None:
    """Keep what the server of a post says of a page that it links to: for this post, until we know ourselves.

    Nobody else's posts show it, for it may be untrue. A page that is not the one whose card the post has is passed over
    when the post is looked at.
    """
    found = rules.address(url)
    kept = rules.offered(card)
    if found is None or kept is None:
        return
    await store.know(tx, [found])
    link = await store.by_url(tx, found)
    if link is not None:
        await store.offer(tx, post, link.id, kept)


async def claim(tx: Tx, link: LinkId, *, in_turn: bool) -> Claim:
    """Ask to fetch a link: one process does at a time, and only when nobody else has meanwhile.

    `in_turn`: its moment has come. Otherwise it may have to wait until its host was asked for other pages.
    """
    held = await store.hold(tx, link)
    if held is None or not rules.wanted(held[0], tx.now):
        return Claim()
    known, until = held
    if until is not None and until > tx.now:
        return Claim(again_at=until)
    if not in_turn:
        moment = await store.turn(tx, rules.host(known.url), GAP)
        if moment > tx.now + SOON:
            return Claim(again_at=moment)
    await store.claim(tx, link, CLAIMED)
    return Claim(url=known.url)


async def give_up(tx: Tx, blobs: Sequence[BlobId]) -> None:
    """Keep these copies of pictures of pages no more: room is needed. Records: LinkDescribed for each page."""
    for link in await store.give_up(tx, blobs):
        await record(tx, LinkDescribed(link_id=link.id, url=link.url))


async def describe(
    tx: Tx, link: Known, card: Card | None, *, image: BlobId | None = None, creator: AccountId | None = None
) -> bool:
    """Keep what is behind a link, or that there is nothing to show. Says whether that is something else than before.

    A picture that could not be had this time stays as it was while the page names the same one.
    Records: LinkDescribed, when it is.
    """
    if image is not None:
        await storage.keep(tx, [image])
    elif card is not None and card.image is not None:
        card, image = rules.pictured(card, *await store.shown(tx, link.id))
    domains = [] if card is None else rules.domains(card.url or link.url)
    changed = await store.describe(tx, link.id, card, image=image, creator=creator, domains=domains)
    if changed:
        await record(tx, LinkDescribed(link_id=link.id, url=link.url))
    return changed


async def fail(tx: Tx, link: LinkId) -> Known | None:
    """Leave alone for a while a page that did not answer, longer each time. Gives the link when it is to be retried."""
    held = await store.hold(tx, link)
    if held is None:
        return None
    await store.fail(tx, link, rules.pause(held[0].failures + 1))
    known = await store.by_id(tx, link)
    return known if known is not None and known.failures <= rules.RETRIES else None
