"""Actors of other servers.

Spec: ActivityPub 4.1; FEP-2c59 (webfinger); FEP-521a (keys)
"""

from datetime import datetime
from typing import Any

import msgspec

from marula.base.crypto.keys import pem_of, public_key
from marula.base.crypto.multikeys import key_of
from marula.base.text import sanitise_name, sanitise_post, valid_remote_username
from marula.domain.accounts import ActorType, ProfileDraft, ProfileField
from marula.domain.actors import Addresses
from marula.faces.activitypub.reading import values
from marula.faces.activitypub.reading.emojis import read_emojis
from marula.faces.activitypub.reading.pictures import picture_in
from marula.faces.activitypub.reading.values import Document, Unreadable

KINDS: tuple[ActorType, ...] = ("Person", "Service", "Group", "Application", "Organization")

AVATAR, HEADER = 400, 1500
"""How wide the pictures of people are wanted."""

LONGEST_NAME, LONGEST_NOTE, MOST_FIELDS, LONGEST_FIELD, MOST_ALIASES, MOST_KEYS = 2048, 20_000, 50, 2047, 256, 10


class Person(msgspec.Struct, frozen=True, kw_only=True):
    """What an actor says of itself. Its handle is a claim until WebFinger confirms it.

    `handle`: name and domain. `keys`: key id and PEM, only those that are its own.
    """

    uri: str
    kind: ActorType
    handle: tuple[str, str]
    created_at: datetime | None
    profile: ProfileDraft
    addresses: Addresses
    keys: tuple[tuple[str, str], ...]
    emojis: tuple[tuple[str, str], ...]
    moved_to: str | None
    suspended: bool


def read_actor(document: Document) -> Person:
    """The actor in a document. Raises Unreadable without id, type, inbox or name."""
    uri = values.uri(document.get("id"))
    if uri is None:
        raise Unreadable("an actor needs an id")
    kind = values.kind_of(document, KINDS)
    if kind not in KINDS:
        raise Unreadable(f"{kind[:40]!r} is no type of actor")
    return Person(
        uri=uri,
        kind=kind,
        handle=_handle(document, uri),
        created_at=values.moment(document.get("published")),
        profile=_profile(document, uri),
        addresses=_addresses(document),
        keys=tuple(_keys(document, uri)),
        emojis=read_emojis(document.get("tag")),
        moved_to=values.id_of(document.get("movedTo")),
        suspended=values.flag(document.get("suspended")),
    )


def _handle(document: Document, uri: str) -> tuple[str, str]:
    claimed = (values.text(document.get("webfinger"), 2300) or "").removeprefix("acct:").removeprefix("@")
    name, _, domain = claimed.partition("@")
    if not (domain and valid_remote_username(name)):
        name, domain = values.text(document.get("preferredUsername"), 2048) or "", values.urlsplit(uri).netloc
    if not valid_remote_username(name):
        raise Unreadable("an actor needs a name")
    return name, domain.lower()


def _addresses(document: Document) -> Addresses:
    inbox = values.id_of(document.get("inbox"))
    if inbox is None:
        raise Unreadable("an actor needs an inbox")
    endpoints = values.document(document.get("endpoints")) or {}
    shared = values.id_of(endpoints.get("sharedInbox")) or values.id_of(document.get("sharedInbox"))
    return Addresses(
        inbox=inbox,
        shared_inbox=shared,
        outbox=values.id_of(document.get("outbox")),
        followers=values.id_of(document.get("followers")),
        following=values.id_of(document.get("following")),
        featured=values.id_of(document.get("featured")),
        featured_tags=values.id_of(document.get("featuredTags")),
    )


def _profile(document: Document, uri: str) -> ProfileDraft:
    return ProfileDraft(
        url=_page(document.get("url"), uri),
        display_name=sanitise_name(values.text(document.get("name"), LONGEST_NAME) or ""),
        note="",
        note_html=sanitise_post(values.text(document.get("summary"), LONGEST_NOTE) or ""),
        fields=tuple(_fields(document.get("attachment"))),
        locked=values.flag(document.get("manuallyApprovesFollowers")),
        discoverable=values.flag(document.get("discoverable")),
        indexable=values.flag(document.get("indexable")),
        memorial=values.flag(document.get("memorial")),
        avatar_remote_url=picture_in(document.get("icon"), AVATAR),
        header_remote_url=picture_in(document.get("image"), HEADER),
        avatar_description=_described(document.get("icon")),
        header_description=_described(document.get("image")),
        also_known_as=tuple(values.ids_of(document.get("alsoKnownAs"))[:MOST_ALIASES]),
        attribution_domains=tuple(
            domain.lower()
            for entry in values.many(document.get("attributionDomains"))
            if (domain := values.text(entry, 253))
        )[:MOST_ALIASES],
    )


def _fields(attachment: Any) -> list[ProfileField]:
    found: list[ProfileField] = []
    for entry in values.many(attachment):
        if not isinstance(entry, dict) or values.kind_of(entry) != "PropertyValue":
            continue
        name = sanitise_name(values.text(entry.get("name"), LONGEST_FIELD) or "")
        value = values.text(entry.get("value"), LONGEST_FIELD) or ""
        found.append(ProfileField(name=name, value="", html=sanitise_post(value)))
    return found[:MOST_FIELDS]


def _page(value: Any, uri: str) -> str | None:
    """The page for people: an address, or of several links the one to HTML; only at the actor's own host."""
    links = values.many(value)
    pages = [link for link in links if isinstance(link, dict) and link.get("mediaType") == "text/html"]
    for link in [*pages, *links]:
        found = values.uri(link.get("href")) if isinstance(link, dict) else values.uri(link)
        if found is not None and values.same_origin(found, uri):
            return found
    return None


def _described(value: Any) -> str:
    """The description of a picture. Spec: federation practice, actor document (icon)"""
    return values.text((values.document(value) or {}).get("summary"), LONGEST_NAME) or ""


def named_keys(document: Document) -> list[str]:
    """The ids of all keys that an actor's document names, whole or by their address."""
    return [*values.ids_of(document.get("publicKey")), *values.ids_of(document.get("assertionMethod"))]


def read_key(document: Document, key_uri: str, owner: str) -> str | None:
    """The public key that stands alone in a document, as PEM; None when it is another's or none that is taken here."""
    return _pem(document) if values.uri(document.get("id")) == key_uri and _owned(document, owner) else None


def _keys(document: Document, uri: str) -> list[tuple[str, str]]:
    """The keys that are the actor's own: named by it, owned by it, at its origin, and of a kind that is taken here."""
    found: dict[str, str] = {}
    given = [*values.many(document.get("publicKey")), *values.many(document.get("assertionMethod"))]
    for entry in given[:MOST_KEYS]:
        identifier = values.uri(entry.get("id")) if isinstance(entry, dict) else None
        if identifier is None or not values.same_origin(identifier, uri) or not _owned(entry, uri):
            continue
        pem = _pem(entry)
        if pem is not None:
            found.setdefault(identifier, pem)
    return list(found.items())


def _owned(entry: Document, owner: str) -> bool:
    return (values.id_of(entry.get("owner")) or values.id_of(entry.get("controller")) or owner) == owner


def _pem(entry: Document) -> str | None:
    """The key of an entry, as PEM: given so, or as a Multikey. Spec: FEP-521a"""
    pem = values.text(entry.get("publicKeyPem"), 20_000)
    if pem is not None:
        return pem if public_key(pem) is not None else None
    key = key_of(values.text(entry.get("publicKeyMultibase"), 2000) or "")
    return None if key is None else pem_of(key)
