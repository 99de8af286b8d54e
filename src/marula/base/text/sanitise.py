"""HTML of others, cut down to what is safe and readable, and HTML to plain text."""

import re
from html import unescape

import nh3

TAGS = {
    *("p", "br", "span", "a", "del", "s", "pre", "blockquote", "code", "b", "strong", "u", "i", "em"),
    *("ul", "ol", "li", "ruby", "rt", "rp"),
}
SCHEMES = {"http", "https", "xmpp", "magnet", "gemini", "ipfs", "dat", "dweb", "ssb", "gopher"}
_CLASS = re.compile(r"(?:[hpue]-[\w-]+|dt-[\w-]+|mention|hashtag|ellipsis|invisible|quote-inline)")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_BLOCK_END = re.compile(r"</(?:p|li|blockquote|pre|ul|ol)>", re.IGNORECASE)
_TAG = re.compile(r"<[^>]*>")
_LINES = re.compile(r"\n{3,}")


def sanitise_post(html: str) -> str:
    """Post HTML of another server, safe to show: a short list of elements, known classes, links that tell nothing."""
    return nh3.clean(
        html,
        tags=TAGS,
        attributes={"a": {"href", "class", "translate"}, "span": {"class", "translate"}, "p": {"class"}, "ol": {"start"}},
        attribute_filter=_attribute,
        url_schemes=SCHEMES,
        link_rel="nofollow noopener",
        set_tag_attribute_values={"a": {"target": "_blank"}},
    )


def plain_text(html: str) -> str:
    """The words of an HTML text, with its line breaks."""
    broken = _BLOCK_END.sub("\n\n", _BREAK.sub("\n", html))
    return _LINES.sub("\n\n", unescape(_TAG.sub("", broken))).strip()


def _attribute(tag: str, name: str, value: str) -> str | None:
    if name == "class":
        return " ".join(word for word in value.split() if _CLASS.fullmatch(word)) or None
    if name == "translate":
        return "no" if value == "no" else None
    return value
