"""Collections and their pages.

Spec: ActivityStreams vocabulary, OrderedCollection and OrderedCollectionPage
"""

from collections.abc import Sequence
from typing import Any

from marula.faces.activitypub.vocab.context import Document


def collection(uri: str, total: int, *, first: str | None, last: str | None = None) -> Document:
    """A collection that is read page by page; without `first` its members are not shown."""
    document: Document = {"id": uri, "type": "OrderedCollection", "totalItems": total}
    return document | {name: page for name, page in (("first", first), ("last", last)) if page is not None}


def page(
    uri: str, part_of: str, items: Sequence[Any], *, total: int, next: str | None = None, prev: str | None = None
) -> Document:
    """A page of a collection."""
    document: Document = {
        "id": uri,
        "type": "OrderedCollectionPage",
        "partOf": part_of,
        "totalItems": total,
        "orderedItems": list(items),
    }
    return document | {name: where for name, where in (("next", next), ("prev", prev)) if where is not None}


def whole(uri: str, items: Sequence[Any]) -> Document:
    """A collection with all its members."""
    return {"id": uri, "type": "OrderedCollection", "totalItems": len(items), "orderedItems": list(items)}


def unordered(uri: str, first: Document) -> Document:
    """A collection in no special order, with its first page inside."""
    return {"id": uri, "type": "Collection", "first": first}


def unordered_page(uri: str, part_of: str, items: Sequence[Any], *, next: str | None) -> Document:
    """A page of one."""
    document: Document = {"id": uri, "type": "CollectionPage", "partOf": part_of, "items": list(items)}
    return document if next is None else document | {"next": next}
