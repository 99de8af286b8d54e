"""Posts of other servers: notes and questions, and everything else that can be read as a post.

An article, a page, a video, an event is shown with its title and its real content, and a link to its page where
somebody may want the original.

Spec: ActivityStreams vocabulary, object types; FEP-b2b8 (long texts); federation practice of the software in the field
"""

from datetime import datetime
from html import escape
from typing import Any

import msgspec

from marula.base.text import (
    normalise_hashtag,
    render_markdown,
    sanitise_name,
    sanitise_post,
    valid_hashtag,
    valid_language,
)
from marula.domain.posts import Visibility
from marula.faces.activitypub.reading import values
from marula.faces.activitypub.reading.attached import Attached, address_of, read_attached
from marula.faces.activitypub.reading.question import Asked, read_question
from marula.faces.activitypub.reading.values import PUBLIC, Document, Unreadable

NATIVE = ("Note", "Question")
CONVERTED = ("Article", "Page", "Image", "Audio", "Video", "Event")
KINDS = (*NATIVE, *CONVERTED)

MOST_TAGS = 100


class Said(msgspec.Struct, frozen=True, kw_only=True):
    """What a post says. `mentions`: pairs of actor id and name as written. `tags`: as written, without #."""

    uri: str
    author: str
    kind: str
    url: str | None
    html: str
    spoiler_text: str
    sensitive: bool
    language: str | None
    published: datetime | None
    updated: datetime | None
    answers: str | None
    quotes: str | None
    quotable_by: tuple[str, ...]
    quotable_on_request_by: tuple[str, ...]
    to: tuple[str, ...]
    cc: tuple[str, ...]
    mentions: tuple[tuple[str, str], ...]
    tags: tuple[str, ...]
    emojis: tuple[tuple[str, str], ...]
    attached: tuple[Attached, ...]
    asked: Asked | None
    conversation: str | None

    def visibility(self, followers: str | None) -> Visibility:
        """How far it reaches, given the address of its author's followers; never further than it says."""
        if PUBLIC in self.to:
            return Visibility.PUBLIC
        if PUBLIC in self.cc:
            return Visibility.UNLISTED
        if followers is not None and followers in (*self.to, *self.cc):
            return Visibility.PRIVATE
        return Visibility.DIRECT


def read_post(document: Document) -> Said:
    """The post in a document. Raises Unreadable without id, author, or a type that can be shown."""
    uri, author = values.uri(document.get("id")), _author(document)
    if uri is None:
        raise Unreadable("a post needs an id")
    if author is None:
        raise Unreadable("a post needs an author")
    kind = values.kind_of(document, KINDS)
    if kind not in KINDS:
        raise Unreadable(f"{kind[:40]!r} is no type of post")
    tags = [entry for entry in values.many(document.get("tag")) if isinstance(entry, dict)][:MOST_TAGS]
    url = _page(document.get("url"))
    warning = sanitise_name(values.text(document.get("summary"), 20_000) or "") if kind in NATIVE else ""
    return Said(
        uri=uri,
        author=author,
        kind=kind,
        url=url,
        html=_html(document, kind, url or uri),
        spoiler_text=warning,
        sensitive=values.flag(document.get("sensitive")) or bool(warning),
        language=_language(document),
        published=values.moment(document.get("published")),
        updated=values.moment(document.get("updated")),
        answers=values.id_of(document.get("inReplyTo")),
        quotes=_quoted(document, tags),
        quotable_by=tuple(_quoters(document, "automaticApproval", "always")),
        quotable_on_request_by=tuple(_quoters(document, "manualApproval", "approvalRequired")),
        to=tuple(values.ids_of(document.get("to"))),
        cc=tuple(values.ids_of([*values.many(document.get("cc")), *values.many(document.get("audience"))])),
        mentions=tuple(_mentions(tags)),
        tags=tuple(_hashtags(tags)),
        emojis=tuple(_emojis(tags)),
        attached=tuple(read_attached(document, kind)),
        asked=read_question(document) if kind == "Question" else None,
        conversation=values.text(document.get("conversation") or document.get("context"), values.LONGEST_URI),
    )


def _author(document: Document) -> str | None:
    """Who wrote it: of several the first that is no group, for a video names its channel too."""
    given = values.many(document.get("attributedTo") or document.get("actor"))
    people = [one for one in given if not (isinstance(one, dict) and values.kind_of(one) == "Group")]
    return next((found for one in [*people, *given] if (found := values.id_of(one)) is not None), None)


def _html(document: Document, kind: str, page: str) -> str:
    content = values.text(document.get("content")) or _any_language(document.get("contentMap")) or ""
    kind_of_text = values.text(document.get("mediaType"))
    if kind_of_text == "text/markdown":
        content = render_markdown(content)
    elif kind_of_text == "text/plain":
        content = "".join(f"<p>{escape(part)}</p>" for part in content.split("\n\n") if part.strip())
        content = content.replace("\n", "<br>")
    if kind in NATIVE:
        return sanitise_post(content)
    title = sanitise_name(values.text(document.get("name"), 2000) or "")
    head = f"<h2>{escape(title)}</h2>" if title else ""
    body = content or "".join(f"<p>{part}</p>" for part in [values.text(document.get("summary"), 20_000)] if part)
    link = f'<p><a href="{escape(page)}">{escape(page)}</a></p>'
    return sanitise_post(f"{head}{_event(document) if kind == 'Event' else ''}{body}{link}")


def _event(document: Document) -> str:
    """When and where."""
    begins, place = values.moment(document.get("startTime")), values.document(document.get("location")) or {}
    name = sanitise_name(values.text(place.get("name"), 500) or "")
    when = f"{begins:%Y-%m-%d %H:%M} UTC" if begins is not None else ""
    line = ", ".join(part for part in (when, name) if part)
    return f"<p>{escape(line)}</p>" if line else ""


def _any_language(given: Any) -> str | None:
    return (
        next((found for value in given.values() if (found := values.text(value))), None)
        if isinstance(given, dict)
        else None
    )


def _language(document: Document) -> str | None:
    """The language of the text: of several translations the one that is the content."""
    content = values.text(document.get("content"))
    for name in ("contentMap", "nameMap", "summaryMap"):
        given = document.get(name)
        if isinstance(given, dict) and given:
            same = [code for code, words in given.items() if values.text(words) == content]
            code = str((same or list(given))[0]).partition("-")[0].lower()
            return code if valid_language(code) else None
    return None


def _page(value: Any) -> str | None:
    links = values.many(value)
    pages = [link for link in links if isinstance(link, dict) and link.get("mediaType") == "text/html"]
    for link in [*pages, *links]:
        found = values.uri(link.get("href")) if isinstance(link, dict) else values.uri(link)
        if found is not None:
            return found
    return None


def _quoted(document: Document, tags: list[dict[str, Any]]) -> str | None:
    """What it quotes, in any of the ways of the field. Spec: FEP-044f, FEP-e232"""
    for name in ("quote", "_misskey_quote", "quoteUrl", "quoteUri"):
        found = values.id_of(document.get(name))
        if found is not None:
            return found
    for tag in tags:
        if values.kind_of(tag) == "Link" and "https://misskey-hub.net/ns#_misskey_quote" in values.many(tag.get("rel")):
            return values.uri(tag.get("href"))
    return None


def _quoters(document: Document, *names: str) -> list[str]:
    """Whom the author lets quote the post, in the newer word or the older one. Spec: FEP-044f (canQuote)"""
    policy = values.document((values.document(document.get("interactionPolicy")) or {}).get("canQuote")) or {}
    return next((values.ids_of(policy[name]) for name in names if name in policy), [])


def _mentions(tags: list[dict[str, Any]]) -> list[tuple[str, str]]:
    found = [
        (href, values.text(tag.get("name"), 2300) or "")
        for tag in tags
        if values.kind_of(tag) == "Mention" and (href := values.uri(tag.get("href"))) is not None
    ]
    return list(dict(found).items())


def _hashtags(tags: list[dict[str, Any]]) -> list[str]:
    names: dict[str, str] = {}
    for tag in tags:
        if values.kind_of(tag) == "Hashtag":
            name = (values.text(tag.get("name"), 300) or "").removeprefix("#")
            if valid_hashtag(name):
                names.setdefault(normalise_hashtag(name), name)
    return list(names.values())


def _emojis(tags: list[dict[str, Any]]) -> list[tuple[str, str]]:
    found: dict[str, str] = {}
    for tag in tags:
        if values.kind_of(tag) == "Emoji":
            name = (values.text(tag.get("name"), 300) or "").strip(":")
            url = address_of(values.document(tag.get("icon")) or {})
            if url is not None and name.replace("_", "").isalnum() and name.isascii() and len(name) >= 2:
                found.setdefault(name, url)
    return list(found.items())
