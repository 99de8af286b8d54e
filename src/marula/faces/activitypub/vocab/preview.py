"""The page that a post links to, for servers that need not fetch it then.

Spec: ActivityStreams vocabulary, Link and preview; FEP-8967 (links that are attached)
"""

from marula.faces.activitypub.vocab.context import Document, moment
from marula.views.card import Held


def preview(held: Held) -> Document:
    """A link with what is known of the page."""
    card = held.card
    page: Document = {"type": "Page", "url": card.url or held.url, "name": card.title}
    if card.description:
        page["summary"] = card.description
    if card.author_name:
        page["attributedTo"] = {"type": "Person", "name": card.author_name}
    if card.published_at is not None:
        page["published"] = moment(card.published_at)
    link: Document = {"type": "Link", "href": held.url, "mediaType": "text/html", "name": card.title, "preview": page}
    return link | ({} if card.language is None else {"hreflang": card.language})
