"""What collections of other servers hold, page by page, within limits.

Spec: ActivityStreams 2.0, 2.3 and 2.4 (collections and their pages)
"""

from typing import Any

from marula.domain.context import Context
from marula.faces.activitypub.fetching.documents import at
from marula.faces.activitypub.reading import Document, Unreadable, id_of, same_origin
from marula.faces.activitypub.reading.values import document as document_in
from marula.faces.activitypub.reading.values import many

PAGES = 5
"""Pages of one collection that are asked for."""


async def members(ctx: Context, collection: Any, *, most: int, pages: int = PAGES) -> list[Any]:
    """The first members of a collection, given whole or by its address: documents or ids, as its server writes them.

    All pages are of the server that the collection is of. Raises: as `fetching.document`, for what comes first; pages
    that cannot be had end the list.
    """
    found = document_in(collection)
    address = id_of(collection)
    if found is None or not _holds(found):
        if address is None:
            raise Unreadable("a collection needs an address")
        found, here = await at(ctx, address)
        if not same_origin(address, here):
            raise Unreadable("the collection is on another server than it should be")
    taken: list[Any] = []
    for _ in range(pages):
        taken += [one for name in ("orderedItems", "items") for one in many(found.get(name))]
        onward = found.get("first") if "first" in found else found.get("next")
        if len(taken) >= most or onward is None:
            break
        following = await _page(ctx, onward, address)
        if following is None:
            break
        found = following
    return taken[:most]


async def _page(ctx: Context, page: Any, address: str | None) -> Document | None:
    embedded = document_in(page)
    if embedded is not None and _holds(embedded):
        return embedded
    uri = id_of(page)
    if uri is None or address is None or not same_origin(address, uri):
        return None
    found, here = await at(ctx, uri)
    return found if same_origin(uri, here) else None


def _holds(found: Document) -> bool:
    """Whether a document says what is in the collection, and not only where it is."""
    return any(name in found for name in ("orderedItems", "items", "first", "next"))
