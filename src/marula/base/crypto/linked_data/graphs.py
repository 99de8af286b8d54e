"""What a document means: its statements in one order, and the document written anew from them.

No context is ever fetched: those that are not known here make a document unclear.
"""

from collections.abc import Mapping
from functools import cache
from typing import Any

from marula.base.crypto.linked_data.contexts import CONTEXTS

MOST_PATHS = 2000
MOST_ALIKE = 5
"""How much looking a graph may cost: paths between nameless things, and nameless things that look alike. Graphs can be
made that take longer than anybody lives. Spec: RDF Dataset Canonicalization, 7.1 (dataset poisoning)"""


class Unclear(ValueError):
    """Nobody here can say what a document means."""


def canonical(document: Mapping[str, Any]) -> bytes:
    """The statements of a document, in the one order that all agree upon. Raises Unclear."""
    jsonld, ordered = _library()
    try:
        statements = jsonld.to_rdf(dict(document), {"documentLoader": _known, "produceGeneralizedRdf": False})
        return ordered().main(statements, {"format": "application/n-quads"}).encode()
    except (jsonld.JsonLdError, RecursionError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise Unclear(str(error)[:200]) from error


def written(document: Mapping[str, Any], context: list[Any]) -> dict[str, Any]:
    """The document with the names of another context for what it means. Raises Unclear."""
    jsonld, _ = _library()
    try:
        return jsonld.compact(dict(document), {"@context": context}, {"documentLoader": _known})
    except (jsonld.JsonLdError, RecursionError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise Unclear(str(error)[:200]) from error


def _known(url: str, options: Any) -> dict[str, Any]:
    """A context that is known here. Raises Unclear for any other."""
    if url not in CONTEXTS:
        raise Unclear(f"the context {url[:200]} is not known")
    kind = "application/ld+json"
    return {"contentType": kind, "contextUrl": None, "documentUrl": url, "document": {"@context": CONTEXTS[url]}}


@cache
def _library() -> tuple[Any, Any]:
    """The JSON-LD library, and its order of statements with a limit to how long it looks."""
    from pyld import jsonld  # here: it takes 28 MB, and most processes never see a signed document
    from pyld.canon import URDNA2015

    class Ordered(URDNA2015):
        paths = 0

        def create_hash_to_related(self, id_: str, issuer: Any) -> Any:
            self.paths += 1
            related: Mapping[str, list[str]] = super().create_hash_to_related(id_, issuer)
            if self.paths > MOST_PATHS or any(len(alike) > MOST_ALIKE for alike in related.values()):
                raise Unclear("too many nameless things look alike")
            return related

    return jsonld, Ordered
