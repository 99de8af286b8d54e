"""Which link of a post has a card, when it is fetched, and what is on it. Pure."""

import re
import unicodedata
from datetime import UTC, datetime, timedelta
from html import escape, unescape
from urllib.parse import urljoin, urlsplit

import msgspec

from marula.base.kernel.ids import BlobId
from marula.base.text import valid_language
from marula.domain.cards.markup import Markup
from marula.domain.cards.oembed import Embed
from marula.domain.cards.structured import told
from marula.domain.cards.types import Card, Known, Linking

LONGEST_URL = 2692
"""Bytes of an address that has a card. Spec: limits.json, media.preview_card_url_max"""

STALE = timedelta(days=14)
"""A post that comes so long after a card was fetched has it fetched again."""

SPREAD = timedelta(minutes=10)
"""Within this time the servers that have got a post fetch what it links to: each at another moment."""

SPREAD_OFFERED = timedelta(hours=6)
"""The same for pages of which the server of the post told: there is something to show meanwhile."""

RETRIES = 3
"""How often a page that does not answer is asked again without a new post."""

LONGEST_TITLE, LONGEST_TEXT, LONGEST_NAME = 300, 1500, 200
"""Characters that are kept of a title, of a description, and of names."""

_ANCHOR = re.compile(r"<a( [^>]*)>")
_ATTRIBUTE = re.compile(r' ([a-z]+)="([^"]*)"')
_NOT_PAGES = {"mention", "hashtag", "u-url", "quote-inline"}
_QUOTE = re.compile(r'<p class="quote-inline">.*?</p>', re.DOTALL)
_HANDLE = re.compile(r"@?([\w][\w.-]{0,99})@([\w.-]{3,253})")


def address(url: str) -> str | None:
    """The address as which a link is known: without the part that names a place in the page. None when it is none."""
    bare = url.partition("#")[0].strip()
    try:
        parts = urlsplit(bare)
        fits = parts.scheme in ("http", "https") and "." in (parts.hostname or "") and parts.username is None
    except ValueError:
        return None
    return bare if fits and len(bare.encode()) <= LONGEST_URL and not _spaced(bare) else None


def _spaced(url: str) -> bool:
    return any(letter.isspace() or unicodedata.category(letter) in ("Cc", "Cf", "Cs") for letter in url)


def first_link(post: Linking, *, home: frozenset[str]) -> str | None:
    """The page of which a post shows a card: the first link that is no mention, hashtag or quote and leads elsewhere.

    Takes: the hosts of this server, whose pages have no cards.
    """
    if not post.bare:
        return None
    for found in _ANCHOR.finditer(_QUOTE.sub("", post.html)):
        named = {name: unescape(value) for name, value in _ATTRIBUTE.findall(found[1])}
        url = address(named.get("href", ""))
        marked = set(named.get("class", "").split()) & _NOT_PAGES or "tag" in named.get("rel", "").split()
        if url is not None and not marked and url not in post.others and host(url) not in home:
            return url
    return None


def host(url: str) -> str:
    """The host of an address, with its port where it has one."""
    return urlsplit(url).netloc.lower()


def wanted(link: Known, now: datetime) -> bool:
    """Whether a new post with this link is a reason to fetch it."""
    rested = link.retry_at is None or link.retry_at <= now
    return rested and (link.fetched_at is None or link.fetched_at <= now - STALE)


def pause(failures: int) -> timedelta:
    """How long a page is left alone after so many failures in a row."""
    return min(STALE, timedelta(minutes=10) * 6 ** min(failures - 1, 6))


def card(url: str, page: Markup, embed: Embed | None) -> Card | None:
    """What the page at this address says of itself; None when it says not even a title.

    An answer by oEmbed counts for photos and videos, JSON-LD before OpenGraph, that before the rest.
    """
    said = told(page.structured)
    shown = embed if embed is not None and embed.kind != "link" else None
    title = line(
        (shown.title if shown else "") or said.headline or page.first("og:title", "twitter:title") or page.title
    )[:LONGEST_TITLE]
    if not title:
        return None
    player = "" if shown else within(url, page.first("twitter:player"), secure=True)
    picture = (shown.image if shown else "") or page.first(
        "og:image:secure_url", "og:image", "og:image:url", "twitter:image", "twitter:image:src"
    )
    return Card(
        url=_own(url, page),
        title=title,
        description=line(
            page.first("og:description") or said.description or page.first("twitter:description", "description")
        )[:LONGEST_TEXT],
        kind=shown.kind if shown else "link",
        language=language(page.language or page.first("og:locale", "content-language") or said.language),
        author_name=_name(
            (shown.author_name if shown else "") or said.author_name or _person(page.first("author", "article:author"))
        ),
        author_url=within(url, (shown.author_url if shown else "") or said.author_url or page.first("article:author")),
        provider_name=_name((shown.provider_name if shown else "") or page.first("og:site_name") or said.publisher),
        provider_url=within(url, shown.provider_url if shown else ""),
        html=_frame(shown) if shown and shown.kind == "video" else "",
        width=shown.width if shown else 0,
        height=shown.height if shown else 0,
        image=within(url, picture or said.image) or None,
        image_description=line(page.first("og:image:alt", "twitter:image:alt"))[:LONGEST_TEXT],
        embed_url=player or within(url, shown.image if shown and shown.kind == "photo" else ""),
        published_at=moment(said.published or page.first("article:published_time", "datepublished", "date")),
        creator=handle(page.first("fediverse:creator")),
    )


def pictured(card: Card, before: Card | None, image: BlobId | None) -> tuple[Card, BlobId | None]:
    """A card without a picture, with the one it had before when that is the same one."""
    if before is None or image is None or before.image != card.image:
        return card, None
    return msgspec.structs.replace(card, blurhash=before.blurhash, width=before.width, height=before.height), image


def offered(card: Card) -> Card | None:
    """As much of a card of another server as is shown: words, without addresses and pictures."""
    title = line(card.title)[:LONGEST_TITLE]
    if not title:
        return None
    return Card(
        title=title,
        description=line(card.description)[:LONGEST_TEXT],
        language=language(card.language or ""),
        author_name=_name(card.author_name),
        published_at=card.published_at,
    )


def _own(url: str, page: Markup) -> str:
    """What a page calls its own address, when that is of the same host: nobody speaks for other hosts."""
    named = within(url, page.link("canonical") or page.first("og:url"))
    return named if named and host(named) == host(url) else url


def within(base: str, found: str, *, secure: bool = False) -> str:
    """An address of the web that stands in a page, whole; empty when it is none."""
    try:
        whole = address(urljoin(base, found)) if found else None
    except ValueError:
        return ""
    return whole if whole is not None and (not secure or whole.startswith("https://")) else ""


def _person(found: str) -> str:
    """The name of an author, where pages also write an address."""
    return "" if found.startswith(("http://", "https://")) else found


def _name(found: str) -> str:
    return line(found)[:LONGEST_NAME]


def _frame(shown: Embed) -> str:
    """The frame of a video: our own words around its address."""
    size = "".join(f' {name}="{value}"' for name, value in (("width", shown.width), ("height", shown.height)) if value)
    return (
        f'<iframe src="{escape(shown.source)}"{size} allowfullscreen="allowfullscreen"'
        ' sandbox="allow-scripts allow-same-origin allow-popups" referrerpolicy="strict-origin"></iframe>'
    )


def line(text: str) -> str:
    """A text on one line, without letters that are not seen, turn the direction of others, or blank lines out."""
    kept = (letter for letter in unicodedata.normalize("NFC", text) if _seen(letter))
    return " ".join("".join(kept).split())


def _seen(letter: str) -> bool:
    """Whether a letter may stand in a line. Joiners may, for scripts and emoji need them."""
    return letter.isspace() or letter in "\u200c\u200d" or unicodedata.category(letter) not in ("Cc", "Cf", "Cs", "Co")


def language(code: str) -> str | None:
    """A language as posts name it; None when it is none."""
    short = code.replace("_", "-").partition("-")[0].strip().lower()
    return short if valid_language(short) else None


def moment(text: str) -> datetime | None:
    """A moment in ISO 8601, in UTC when it does not say; None when it is none."""
    try:
        found = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    aware = found if found.tzinfo is not None else found.replace(tzinfo=UTC)
    try:
        return aware.astimezone(UTC)
    except OverflowError:
        return None


def handle(text: str) -> str:
    """A handle as `name@domain`; empty when it is none."""
    found = _HANDLE.fullmatch(text.strip())
    return "" if found is None else f"{found[1]}@{found[2].lower()}"


def domains(url: str) -> list[str]:
    """The domain of a page and those above it: whoever lets one of these name them as an author is one."""
    labels = (urlsplit(url).hostname or "").split(".")
    return [".".join(labels[place:]) for place in range(len(labels) - 1)]
