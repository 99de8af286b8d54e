"""What stands in a plain text: links, mentions and hashtags, found in one pass.

Spec: Mastodon documentation, "Posting toots" and entities/Status; limits.json, hashtag.rule and username_regexp.
"""

from typing import Literal, TypeAlias

import msgspec
import regex

Kind: TypeAlias = Literal["url", "mention", "hashtag"]

_HOST = r"(?:localhost|\[[0-9a-fA-F:.]{2,45}\]|[\p{L}\p{N}](?:[\p{L}\p{N}_-]{0,62}(?:\.[\p{L}\p{N}][\p{L}\p{N}_-]{0,62})+))"
_URL = rf"https?://(?:[\w.~%!$&'*+,;=:-]{{1,200}}@)?{_HOST}(?::\d{{1,5}})?(?:[/?#][^\s<>\"\p{{Cc}}]*+)?"
_OTHER = r"(?:xmpp|magnet|gemini|ipfs|dat|dweb|ssb|gopher):[^\s<>\"\p{Cc}]++"
_NAME = r"[a-zA-Z0-9_]{1,255}+(?:[.-]++[a-zA-Z0-9_]{1,255}+){0,20}+"
_DOMAIN = r"[\p{L}\p{N}](?:[\p{L}\p{N}_.-]{0,252}[\p{L}\p{N}])?(?::\d{1,5})?"
_MENTION = rf"(?<![\p{{L}}\p{{N}}_=/@.])@(?P<name>{_NAME})(?:@(?P<domain>{_DOMAIN}))?+"
_HASHTAG = r"(?<![\p{L}\p{N}_/&])[#\uFF03](?P<tag>[\p{L}\p{M}\p{N}\p{Pc}\u00B7\u30FB\u200C]{1,200}+)"

_ALL = regex.compile(rf"(?P<url>(?<![\p{{L}}\p{{N}}_@/])(?i:{_URL}|{_OTHER}))|{_MENTION}|{_HASHTAG}")
_TRAILING = ".,:;!?'\"»”’)]}>*_~"
_PAIRS = {")": "(", "]": "[", "}": "{"}
_JOINERS = "\u00b7\u30fb\u200c"


class Token(msgspec.Struct, frozen=True):
    """A find: where it stands, what it is. For a mention `name` and `domain`, for a hashtag `name`."""

    start: int
    end: int
    kind: Kind
    text: str
    name: str = ""
    domain: str | None = None


def scan(text: str) -> list[Token]:
    """All links, mentions and hashtags, in order, none overlapping another. Linear in the length of the text."""
    found: list[Token] = []
    position = 0
    while (match := _ALL.search(text, position)) is not None:
        token = _token(match)
        if token is None:
            position = match.end()
            continue
        found.append(token)
        position = token.end
    return found


def find_mentions(text: str) -> list[tuple[str, str | None]]:
    """The handles in a text as (name, domain in lower case or None), each once, in order."""
    handles = (
        (token.name, None if token.domain is None else token.domain.lower())
        for token in scan(text)
        if token.kind == "mention"
    )
    return list(dict.fromkeys(handles))


def find_hashtags(text: str) -> list[str]:
    """The hashtags in a text as written, without the sign, in order."""
    return [token.name for token in scan(text) if token.kind == "hashtag"]


def _token(match: regex.Match[str]) -> Token | None:
    start, end = match.span()
    if match["url"] is not None:
        link = _trimmed(match["url"])
        return Token(start, start + len(link), "url", link)
    if match["name"] is not None:
        domain = match["domain"]
        if domain is not None and "." not in domain and not domain.startswith("localhost"):
            domain, end = None, start + 1 + len(match["name"])
        return Token(start, end, "mention", match.string[start:end], match["name"], domain)
    name = match["tag"].rstrip(_JOINERS)
    if not regex.search(r"[\p{L}\p{M}]", name):
        return None
    return Token(start, start + 1 + len(name), "hashtag", match.string[start : start + 1 + len(name)], name)


def _trimmed(link: str) -> str:
    """A link without the punctuation that belongs to the sentence around it. Closed brackets stay."""
    balance = {close: link.count(close) - link.count(opening) for close, opening in _PAIRS.items()}
    end = len(link)
    while end and link[end - 1] in _TRAILING:
        last = link[end - 1]
        if last in _PAIRS:
            if balance[last] <= 0:
                break
            balance[last] -= 1
        end -= 1
    return link[:end]
