"""What the server of a page says of it by oEmbed. Pure.

Spec: https://oembed.com, 2.3 Response
"""

from html.parser import HTMLParser
from typing import Any, Literal
from urllib.parse import urljoin, urlsplit

import msgspec
import nh3

LONGEST = 64 * 1024
"""Characters of the HTML that is looked at."""

LARGEST = 10_000
"""Pixels of a frame, either way."""


class Embed(msgspec.Struct, frozen=True, kw_only=True):
    """An answer that can be shown. `source`: the page in the frame of a video."""

    kind: Literal["link", "photo", "video"]
    title: str = ""
    author_name: str = ""
    author_url: str = ""
    provider_name: str = ""
    provider_url: str = ""
    image: str = ""
    source: str = ""
    width: int = 0
    height: int = 0


def embed(body: bytes, page: str) -> Embed | None:
    """What an answer says; None when it is no answer.

    A video is one whose HTML holds a frame of the same site as the page, over TLS; any other HTML is not used, and what
    has it is a link.
    """
    try:
        said = msgspec.json.decode(body)
    except (msgspec.DecodeError, RecursionError):
        return None
    if not isinstance(said, dict) or str(said.get("version", "1.0")) not in ("1.0", "1"):
        return None
    kind, text = said.get("type"), _Texts(said)
    source = _frame(text("html"), page) if kind == "video" else ""
    photo = text("url") if kind == "photo" else ""
    return Embed(
        kind="photo" if photo else "video" if source else "link",
        title=text("title"),
        author_name=text("author_name"),
        author_url=text("author_url"),
        provider_name=text("provider_name"),
        provider_url=text("provider_url"),
        image=photo or text("thumbnail_url"),
        source=source,
        width=_pixels(said.get("width")) if photo or source else 0,
        height=_pixels(said.get("height")) if photo or source else 0,
    )


def same_site(one: str, other: str) -> bool:
    """Whether two addresses are of one host, or their hosts have the last labels in common.

    Two labels; three where the second is as short as those under which names are registered (co.uk, com.au).
    """
    return _site(one) == _site(other) != ()


def _site(url: str) -> tuple[str, ...]:
    host = (urlsplit(url).hostname or "").rstrip(".")
    labels = host.split(".")
    if len(labels) < 2 or labels[-1].isdecimal():
        return (host,) if host else ()
    count = 3 if len(labels) > 2 and len(labels[-1]) == 2 and len(labels[-2]) <= 3 else 2
    return tuple(labels[-count:])


class _Texts:
    def __init__(self, said: dict[str, Any]) -> None:
        self._said = said

    def __call__(self, name: str) -> str:
        value = self._said.get(name)
        return value.strip() if isinstance(value, str) else ""


def _pixels(value: Any) -> int:
    try:
        number = int(value)
    except (TypeError, ValueError, OverflowError):
        return 0
    return number if 0 < number <= LARGEST else 0


def _frame(html: str, page: str) -> str:
    """The address of the first frame, if it is one that may be shown."""
    reader = _Frames()
    attributes = {"iframe": {"src"}}
    reader.feed(nh3.clean(html[:LONGEST], tags={"iframe"}, attributes=attributes, url_schemes={"https", "http"}))
    reader.close()
    try:
        source = urljoin(page, reader.source)
        parts = urlsplit(source)
        fits = parts.scheme == "https" and parts.username is None and same_site(source, page)
    except ValueError:
        return ""
    return source if reader.source and fits else ""


class _Frames(HTMLParser):
    source = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.source = self.source or (dict(attrs).get("src") or "").strip()
