"""The text of posts, as HTML that is safe to show: whatever they are, and whatever language it is written in.

Spec: ActivityStreams vocabulary, content, name, summary and mediaType; FEP-b2b8 (long texts)
"""

import re
from html import escape, unescape
from typing import Any

from marula.base.text import plain_text, render_markdown, sanitise_name, sanitise_post
from marula.faces.activitypub.reading import values
from marula.faces.activitypub.reading.attached import Attached, picture
from marula.faces.activitypub.reading.event import event_lines
from marula.faces.activitypub.reading.links import links_of
from marula.faces.activitypub.reading.values import Document

LONGEST_TITLE, LONGEST_SUMMARY, MOST_LINKS = 2000, 20_000, 10

TEASER = 80
"""How many characters of an abstract tell whether the text begins with it."""

MOST_PICTURES = 20

_PICTURE = re.compile(r"<img\s[^>]{0,4000}>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""\b(src|alt)\s*=\s*(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)
_ADDRESS = re.compile(r"(?<![<(\[\"'=`\w])https?://[^\s<>()\[\]`]+?(?=[.,;:!?'\"]*(?:[\s<>()\[\]`]|$))")


def note_html(document: Document) -> str:
    """The text of a note. One that begins a thread of a forum has a title, which is shown above it."""
    body = _content(document)
    title = _title(document)
    headed = title and document.get("inReplyTo") is None and body and title not in plain_text(body)
    return sanitise_post(f"<p><strong>{escape(title)}</strong></p>{body}" if headed else body)


def long_html(document: Document, kind: str, page: str) -> str:
    """The title of anything else, its abstract unless the text begins with it, its text, and where else it leads."""
    title, content = _title(document), _content(document)
    head = f"<h2>{escape(title)}</h2>" if title else ""
    lines = event_lines(document) if kind == "Event" else ""
    return sanitise_post(f"{head}{lines}{_abstract(document, content)}{content}{_links(document, kind, page)}")


def inline_pictures(document: Document) -> list[Attached]:
    """The pictures within a text, with what they show in words."""
    found: list[Attached] = []
    for tag in _PICTURE.findall(_content(document))[:MOST_PICTURES]:
        given = {name.lower(): unescape(double or single) for name, double, single in _ATTRIBUTE.findall(tag)}
        url = values.uri(given.get("src"))
        if url is not None:
            found.append(picture(url, given.get("alt", "")))
    return found


def _content(document: Document) -> str:
    content = values.text(document.get("content")) or _any_language(document.get("contentMap")) or ""
    kind_of_text = (values.text(document.get("mediaType"), 200) or "").partition(";")[0].strip().lower()
    if kind_of_text == "text/markdown":
        return _markdown(content)
    if kind_of_text == "text/plain":
        return _paragraphs(escape(content, quote=False))
    return content if "<" in content or "\n" not in content.strip() else _paragraphs(content)


def _paragraphs(words: str) -> str:
    """Words without any tags, with the lines that they have."""
    parts = re.split(r"\n\s*\n", words.replace("\r\n", "\n").strip())
    return "".join(f"<p>{part.strip()}</p>" for part in parts if part.strip()).replace("\n", "<br>")


def _markdown(content: str) -> str:
    """Markdown as PeerTube means it: lines end where they end, and addresses are links."""
    lines = content.replace("\r\n", "\n").replace("\r", "\n")
    return render_markdown(_ADDRESS.sub(r"<\g<0>>", lines).replace("\n", "  \n"))


def _title(document: Document) -> str:
    given = values.text(document.get("name"), LONGEST_TITLE) or _any_language(document.get("nameMap")) or ""
    return sanitise_name(given[:LONGEST_TITLE])


def _abstract(document: Document, content: str) -> str:
    summary = values.text(document.get("summary"), LONGEST_SUMMARY) or _any_language(document.get("summaryMap")) or ""
    words, title = " ".join(plain_text(summary).split()), _title(document)
    if not words or words == title:
        return ""
    begins = " ".join(plain_text(content).split())
    if begins.startswith(words[:TEASER].rstrip(" .…")):
        return ""
    return summary if "<p" in summary else f"<p>{summary}</p>"


def _links(document: Document, kind: str, page: str) -> str:
    """What it leads to: the links that are attached, what a page is about, and its own page."""
    attached = [one for one in values.many(document.get("attachment")) if isinstance(one, dict)]
    found: dict[str, str] = {}
    for one in attached:
        if values.kind_of(one) == "Link":
            for link in links_of(one)[:1]:
                if not link.family:
                    found.setdefault(
                        link.href, sanitise_name(values.text(one.get("name"), LONGEST_TITLE) or "") or link.href
                    )
    if kind == "Page":
        for link in links_of(document.get("url"))[:1]:
            if not link.family and not values.same_origin(link.href, values.uri(document.get("id"))):
                found.setdefault(link.href, link.href)
    found.setdefault(page, page)
    shown = [*list(found.items())[: MOST_LINKS - 1], (page, found[page])]
    return "".join(f'<p><a href="{escape(href)}">{escape(words)}</a></p>' for href, words in dict(shown).items())


def _any_language(given: Any) -> str | None:
    if not isinstance(given, dict):
        return None
    return next((found for value in given.values() if (found := values.text(value))), None)
