"""Cards: what is behind the links of posts, fetched once for all posts that have them.

A post has the card of its first link to a page of the web, unless it has files or quotes a post. The page is fetched
some time after the first post with it came, by one process, and again when a post comes two weeks later.

Tables owned: links, post_cards, card_hosts.
"""

from marula.domain import storage
from marula.domain.cards import reactions
from marula.domain.cards.actions import describe, give_up, offer
from marula.domain.cards.events import LinkDescribed
from marula.domain.cards.store import by_url, forget, know
from marula.domain.cards.types import Card, CardKind, Known
from marula.domain.storage import Purpose

storage.refers("links", "image_id")
storage.yields(Purpose.PREVIEW, give_up)

__all__ = [
    "Card",
    "CardKind",
    "Known",
    "LinkDescribed",
    "by_url",
    "describe",
    "forget",
    "know",
    "offer",
    "reactions",
]
