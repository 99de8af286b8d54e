"""HTML of others, cut down to what is safe and readable, and HTML to plain text.

Spec: federation.md, 21 HTML sanitising
"""

import re
from html import unescape

import nh3

MAX_LENGTH = 256 * 1024
MAX_TAGS = 10_000
MAX_REPEATED = 500_000
"""Limits of what is parsed: characters, tags, and tags times formatting elements that have attributes, because a parser
repeats each unclosed one of these in every later paragraph."""

SCHEMES = {"http", "https", "dat", "dweb", "ipfs", "ipns", "ssb", "gopher", "xmpp", "magnet", "gemini"}
TAGS = {
    *("p", "br", "span", "a", "del", "s", "pre", "blockquote", "code", "b", "strong", "u", "i", "em"),
    *("ul", "ol", "li", "ruby", "rt", "rp"),
}
HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
DROPPED = {"script", "style", "iframe", "svg", "math", "noscript", "xmp", "plaintext"}
"""Elements whose content goes with them."""

_ATTRIBUTES = {
    "*": {"lang"},
    "a": {"href", "class", "translate"},
    "span": {"class", "translate"},
    "p": {"class"},
    "ol": {"start", "reversed"},
    "li": {"value"},
}
_CLASS = re.compile(r"(?:[hpue]|dt)-[\w-]+|mention|hashtag|ellipsis|invisible|quote-inline")
_DECORATED = re.compile(r"<(?:b|big|code|em|font|i|nobr|s|small|strike|strong|tt|u)[\s/]", re.IGNORECASE)
_HEADING = re.compile(r"<(/?)h[1-6](?: [^>]*)?>")
_LINK = re.compile(r"<a((?: [^>]*)?)>(.*?)</a>", re.DOTALL)
_BREAK = re.compile(r"<br>|</(?:li|rt)>")
_BLOCK = re.compile(r"</?(?:p|blockquote|pre|ul|ol|h[1-6])>")
_TAG = re.compile(r"<[^<>]*>")
_LINES = re.compile(r"\n{3,}")


def sanitise_post(html: str) -> str:
    """Post HTML of another server, safe to show: a short list of elements, known classes, links that tell nothing.

    Gives an empty text for HTML too tangled to be one.
    """
    clean = nh3.clean(
        _parsable(html),
        tags=TAGS | HEADINGS,
        clean_content_tags=DROPPED,
        attributes=_ATTRIBUTES,
        attribute_filter=_attribute,
        url_schemes=SCHEMES,
        url_relative="deny",
        link_rel="nofollow noopener",
        set_tag_attribute_values={"a": {"target": "_blank"}},
    )
    return _LINK.sub(_reachable, _HEADING.sub(_strong, clean))


def sanitise_name(html: str) -> str:
    """A display name or content warning of another server: words on one line, without tags."""
    return " ".join(plain_text(html).split())


def plain_text(html: str) -> str:
    """The words of an HTML text, with its line breaks: for search, mail and previews."""
    clean = nh3.clean(_parsable(html), tags=TAGS | HEADINGS, clean_content_tags=DROPPED, attributes={}, link_rel=None)
    words = unescape(_TAG.sub("", _BLOCK.sub("\n\n", _BREAK.sub("\n", clean))))
    return _LINES.sub("\n\n", "\n".join(line.rstrip() for line in words.split("\n"))).strip()


def _parsable(html: str) -> str:
    """The part of an HTML text that a parser can read in little time; nothing when it is tangled on purpose."""
    short = html[:MAX_LENGTH].encode(errors="replace").decode()
    tags = short.count("<")
    decorated = sum(1 for _ in _DECORATED.finditer(short))
    return "" if tags > MAX_TAGS or tags * decorated > MAX_REPEATED else short


def _attribute(_tag: str, name: str, value: str) -> str | None:
    if name == "class":
        return " ".join(word for word in value.split() if _CLASS.fullmatch(word)) or None
    if name == "translate":
        return "no" if value == "no" else None
    return value


def _strong(match: re.Match[str]) -> str:
    return "</strong></p>" if match[1] else "<p><strong>"


def _reachable(match: re.Match[str]) -> str:
    """A link, or its words alone when what it led to was refused."""
    return match[0] if ' href="' in match[1] else match[2]
