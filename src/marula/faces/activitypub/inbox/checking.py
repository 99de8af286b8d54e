"""Whether bytes are a document that can be kept: cheap, before anything is known of who sent them.

Spec: RFC 8259 (JSON, with names that occur once); federation practice, limits
"""

import json
import re
from typing import Any

from marula.faces.activitypub.reading import Document, Unreadable, load

LONGEST_KIND = 60

_ESCAPED_NUL = re.compile(rb"(?<!\\)(?:\\\\)*\\u0000")


def check(body: bytes) -> Document:
    """The document in these bytes.

    Raises: Unreadable with the reason: no JSON object in UTF-8, nested too deep, with NUL, half a surrogate pair, a
    number out of range, or one name twice.
    """
    found = load(body)
    if b"\0" in body or (b"\\u0000" in body and _ESCAPED_NUL.search(body)):
        raise Unreadable("the document has a NUL in it")
    try:
        json.loads(body, object_pairs_hook=_once)
    except (ValueError, RecursionError) as error:
        raise Unreadable("the bytes are no JSON") from error
    return found


def _once(pairs: list[tuple[str, Any]]) -> None:
    """Refuse a name that occurs twice: two readers could take the document for two different ones."""
    if len(pairs) != len({name for name, _ in pairs}):
        raise Unreadable("a name occurs twice in the document")
