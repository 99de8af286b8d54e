"""What comes with a post about a page that it links to.

Spec: ActivityStreams vocabulary, Link and preview; FEP-8967 (links that are attached)
"""

from typing import Any

import msgspec

from marula.base.text import sanitise_name
from marula.faces.activitypub.reading import values
from marula.faces.activitypub.reading.values import Document

LONGEST_TITLE, LONGEST_SUMMARY, LONGEST_NAME = 2000, 10_000, 500


class Preview(msgspec.Struct, frozen=True, kw_only=True):
    """A page as another server saw it. What it does not say is empty."""

    href: str
    title: str
    summary: str = ""
    language: str = ""
    author: str = ""
    published: str = ""


def read_preview(document: Document) -> Preview | None:
    """The first link to a page among the attachments that says what the page is called."""
    for entry in values.many(document.get("attachment")):
        if not isinstance(entry, dict) or values.kind_of(entry, ("Link",)) != "Link":
            continue
        href = values.uri(entry.get("href"))
        kind = (values.text(entry.get("mediaType"), 200) or "text/html").partition(";")[0].strip().lower()
        if href is None or kind not in ("text/html", "application/xhtml+xml"):
            continue
        found = _of(href, entry, values.one(entry.get("preview")))
        if found.title:
            return found
    return None


def _of(href: str, link: Document, page: Any) -> Preview:
    said: Document = page if isinstance(page, dict) else {}
    author = values.one(said.get("attributedTo"))
    return Preview(
        href=href,
        title=_line(said.get("name"), LONGEST_TITLE) or _line(link.get("name"), LONGEST_TITLE),
        summary=_line(said.get("summary") or link.get("summary"), LONGEST_SUMMARY),
        language=values.text(link.get("hreflang"), 35) or "",
        author=_line(author.get("name"), LONGEST_NAME) if isinstance(author, dict) else "",
        published=values.text(said.get("published"), 60) or "",
    )


def _line(value: Any, longest: int) -> str:
    return sanitise_name(values.text(value, longest) or "")
