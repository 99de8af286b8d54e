"""Posts of other servers: notes and questions, and everything else that can be read as a post.

An article, a page, a video, an event is shown with its title and its real content, and a link to its page where
somebody may want the original.

Spec: ActivityStreams vocabulary, object types; FEP-b2b8 (long texts); federation practice of the software in the field
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import msgspec

from marula.base.text import normalise_hashtag, sanitise_name, valid_hashtag, valid_language
from marula.domain.posts import Deed, Permit, Totals, Visibility
from marula.faces.activitypub.reading import values
from marula.faces.activitypub.reading.attached import Attached, read_attached
from marula.faces.activitypub.reading.content import inline_pictures, long_html, note_html
from marula.faces.activitypub.reading.emojis import read_emojis
from marula.faces.activitypub.reading.links import page_in
from marula.faces.activitypub.reading.preview import Preview, read_preview
from marula.faces.activitypub.reading.question import Asked, read_question
from marula.faces.activitypub.reading.values import PUBLIC, Document, Unreadable

NATIVE = ("Note", "Question")
CONVERTED = ("Article", "Page", "Image", "Audio", "Video", "Event")
KINDS = (*NATIVE, *CONVERTED)

QUOTES = ("https://misskey-hub.net/ns#_misskey_quote", "https://w3id.org/fep/044f#quote")
"""What links are called that are quotes."""

DOCUMENTS = ("application/ld+json", "application/activity+json")

COUNTED = ("replies", "shares", "likes")
"""The collections of a post of which it is told how much they hold, in the order of `Totals`."""

MOST_TAGS, MOST_AUTHORS, MOST_NAMED = 100, 10, 200


class Said(msgspec.Struct, frozen=True, kw_only=True):
    """What a post says. `mentions`: pairs of actor id and name as written. `tags`: as written, without #.

    `author`: whose it is shown as; `authors`: all who are said to have made it, the first of them is that one.
    """

    uri: str
    author: str
    authors: tuple[str, ...]
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
    permits: tuple[Permit, ...]
    to: tuple[str, ...]
    cc: tuple[str, ...]
    audience: tuple[str, ...]
    mentions: tuple[tuple[str, str], ...]
    tags: tuple[str, ...]
    emojis: tuple[tuple[str, str], ...]
    attached: tuple[Attached, ...]
    preview: Preview | None = None
    asked: Asked | None
    conversation: str | None
    totals: Totals
    stamp: str | None
    """Where it says that the author of what it answers approves it."""

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
    uri = values.uri(document.get("id"))
    if uri is None:
        raise Unreadable("a post needs an id")
    kind = values.kind_of(document, KINDS)
    authors = tuple(_authors(document, kind))
    if not authors:
        raise Unreadable("a post needs an author")
    if kind not in KINDS:
        raise Unreadable(f"{kind[:40]!r} is no type of post")
    tags = [entry for entry in values.many(document.get("tag")) if isinstance(entry, dict)][:MOST_TAGS]
    url = page_in(document.get("url"))
    if kind == "Page" and not values.same_origin(url, uri):
        url = None
    attached = tuple(read_attached(document, kind, None if kind in NATIVE else inline_pictures(document)))
    warning = sanitise_name(values.text(document.get("summary"), 20_000) or "") if kind in NATIVE else ""
    return Said(
        uri=uri,
        author=authors[0],
        authors=authors,
        kind=kind,
        url=url,
        html=note_html(document) if kind in NATIVE else long_html(document, kind, url or uri),
        spoiler_text=warning,
        sensitive=values.flag(document.get("sensitive")) or bool(warning) or any(one.sensitive for one in attached),
        language=_language(document),
        published=values.moment(document.get("published")),
        updated=values.moment(document.get("updated")),
        answers=values.id_of(document.get("inReplyTo")),
        quotes=_quoted(document, tags),
        quotable_by=tuple(_quoters(document, "automaticApproval", "always")),
        quotable_on_request_by=tuple(_quoters(document, "manualApproval", "approvalRequired")),
        permits=tuple(_permits(document)),
        to=tuple(values.ids_of(document.get("to"))),
        cc=tuple(values.ids_of([*values.many(document.get("cc")), *values.many(document.get("audience"))])),
        audience=tuple(values.ids_of(document.get("audience"))),
        mentions=tuple(_mentions(tags)),
        tags=tuple(_hashtags(tags)),
        emojis=read_emojis(document.get("tag")),
        attached=attached,
        preview=read_preview(document),
        asked=read_question(document) if kind == "Question" else None,
        conversation=values.text(document.get("conversation") or document.get("context"), values.LONGEST_URI),
        totals=Totals(*(total_in(document.get(name)) for name in COUNTED)),
        stamp=stamp_in(document),
    )


def stamp_in(document: Document) -> str | None:
    """Where a post says that the author of what it answers approves it, in the newer word or the older one."""
    return values.id_of(document.get("replyAuthorization")) or values.id_of(document.get("approvedBy"))


def total_in(collection: Any) -> int | None:
    """How much a collection holds as it says itself, where it is there in whole or in part."""
    return values.number((values.document(collection) or {}).get("totalItems"))


def _authors(document: Document, kind: str) -> list[str]:
    """Who made it: people before groups, for a video names its channel too, and an event its group with its maker."""
    given = values.many(document.get("attributedTo"))
    actor = values.many(document.get("actor"))
    named = [*actor, *given] if kind == "Event" else [*given, *actor]
    groups = [one for one in named if isinstance(one, dict) and values.kind_of(one) == "Group"]
    found = [values.id_of(one) for one in [*(one for one in named if one not in groups), *groups]]
    return list(dict.fromkeys(one for one in found if one is not None))[:MOST_AUTHORS]


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


def _quoted(document: Document, tags: list[dict[str, Any]]) -> str | None:
    """What it quotes, in any of the ways of the field. Spec: FEP-044f, FEP-e232"""
    for name in ("quote", "_misskey_quote", "quoteUrl", "quoteUri"):
        found = values.id_of(document.get(name))
        if found is not None:
            return found
    for tag in tags:
        if values.kind_of(tag) == "Link" and _is_quote(tag):
            return values.uri(tag.get("href"))
    return None


def _is_quote(link: Document) -> bool:
    """Whether a link to a post is a quote: it says so, or stands as RE: in the text. Spec: FEP-e232"""
    if any(rel in QUOTES for rel in values.many(link.get("rel")) if isinstance(rel, str)):
        return True
    kind = (values.text(link.get("mediaType"), 200) or "").partition(";")[0].strip()
    return kind in DOCUMENTS and (values.text(link.get("name"), 300) or "").startswith("RE:")


def _quoters(document: Document, *names: str) -> list[str]:
    """Whom the author lets quote the post, in the newer word or the older one. Spec: FEP-044f (canQuote)"""
    return _listed(_policy(document, "canQuote") or {}, *names)


def _permits(document: Document) -> Iterator[Permit]:
    """What not everybody may do with the post. Where nothing is said of something, everybody may.

    Spec: GoToSocial documentation, interaction policies
    """
    for name, deed in (("canLike", Deed.LIKE), ("canReply", Deed.REPLY), ("canAnnounce", Deed.BOOST)):
        policy = _policy(document, name)
        automatic = [] if policy is None else _listed(policy, "automaticApproval", "always")
        if policy is not None and PUBLIC not in automatic:
            manual = _listed(policy, "manualApproval", "approvalRequired")
            yield Permit(deed=deed, automatic=tuple(automatic[:MOST_NAMED]), manual=tuple(manual[:MOST_NAMED]))


def _policy(document: Document, name: str) -> Document | None:
    return values.document((values.document(document.get("interactionPolicy")) or {}).get(name))


def _listed(policy: Document, *names: str) -> list[str]:
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
