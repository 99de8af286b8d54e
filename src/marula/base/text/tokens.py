"""What stands in a plain text: links, mentions, hashtags and emoji codes, found in one pass.

Where two could be read, a link wins over a mention, a mention over a hashtag.
Every quantifier is possessive or short, so that hostile text costs no more than its length.
Spec: limits.json, hashtag.rule, accounts.username_regexp_remote, emoji.shortcode_regexp
"""

from typing import Literal, TypeAlias

import msgspec
import regex

from marula.base.text.hashtags import JOINERS, NAME, valid_hashtag

Kind: TypeAlias = Literal["url", "mention", "hashtag", "emoji"]

_LABEL = r"[\p{L}\p{N}](?:[\p{L}\p{N}\p{M}_-]{0,61}[\p{L}\p{N}\p{M}])?"
_HOST = rf"(?>localhost(?![\p{{L}}\p{{N}}_-])|\[[0-9a-f:.]{{2,45}}\]|{_LABEL}(?:\.{_LABEL})+)"
_REST = r"[^\s<>\"\p{Cc}\p{Cs}\p{Bidi_Control}]"
_WEB = rf"https?://{_HOST}(?::\d{{1,5}})?+(?!@)(?:[/?#]{_REST}*+)?"
_OTHER = rf"(?:(?:gemini|gopher|ipfs|ipns|dat|dweb|ssb)://|magnet:\?|xmpp:(?=[^\s@]{{1,200}}@)){_REST}++"
_URL = rf"(?P<url>(?<![\p{{L}}\p{{N}}_@/])(?i:{_WEB}|{_OTHER}))"

_USERNAME = r"[a-zA-Z0-9_]++(?:[.-]++[a-zA-Z0-9_]++)*+"
_DOMAIN = r"[\p{L}\p{N}\p{M}_]++(?:[.-]++[\p{L}\p{N}\p{M}_]++)*+(?::\d{1,5}+)?+"
_MENTION = rf"(?<![\p{{L}}\p{{N}}_=/@])@(?P<name>{_USERNAME})(?:@(?P<domain>{_DOMAIN}))?+"
_HASHTAG = rf"(?<![\p{{L}}\p{{N}}=/)&])[#\uFF03](?P<tag>{NAME})"
_EMOJI = r"(?<![\p{L}\p{N}:]):(?P<code>[a-zA-Z0-9_]{2,}+):(?![\p{L}\p{N}:])"

_ALL = regex.compile(rf"{_URL}|{_MENTION}|{_HASHTAG}|{_EMOJI}")
_TRAILING = frozenset(".,:;!?'\"»”’)]}>*~。、，．！？：；…」』】）》〉")
_PAIRS = {")": "(", "]": "[", "}": "{", "）": "（", "」": "「", "』": "『", "】": "【", "》": "《", "〉": "〈"}


class Token(msgspec.Struct, frozen=True):
    """A find: where it stands, what it is. For a mention `name` and `domain`, for a hashtag or emoji `name`."""

    start: int
    end: int
    kind: Kind
    text: str
    name: str = ""
    domain: str | None = None


def scan(text: str) -> list[Token]:
    """All links, mentions, hashtags and emoji codes, in order, none overlapping another."""
    found: list[Token] = []
    position = 0
    while (match := _ALL.search(text, position)) is not None:
        token = _token(match)
        if token is None:
            position = match.end()
        else:
            found.append(token)
            position = token.end
    return found


def find_mentions(text: str) -> list[tuple[str, str | None]]:
    """The handles in a text as (name, domain in lower case or None), each once whatever its case, in order."""
    handles: dict[tuple[str, str | None], tuple[str, str | None]] = {}
    for token in scan(text):
        if token.kind == "mention":
            domain = None if token.domain is None else token.domain.lower()
            handles.setdefault((token.name.lower(), domain), (token.name, domain))
    return list(handles.values())


def find_hashtags(text: str) -> list[str]:
    """The hashtags in a text as written, without the sign, in order."""
    return [token.name for token in scan(text) if token.kind == "hashtag"]


def find_shortcodes(text: str) -> list[str]:
    """The codes of custom emoji in a text, without the colons, each once, in order."""
    return list(dict.fromkeys(token.name for token in scan(text) if token.kind == "emoji"))


def _token(match: regex.Match[str]) -> Token | None:
    start, end = match.span()
    if match["url"] is not None:
        link = _trimmed(match["url"])
        return Token(start, start + len(link), "url", link)
    if match["name"] is not None:
        return Token(start, end, "mention", match[0], match["name"], match["domain"])
    if match["code"] is not None:
        return Token(start, end, "emoji", match[0], match["code"])
    name = match["tag"].rstrip(JOINERS)
    if not valid_hashtag(name):
        return None
    return Token(start, start + 1 + len(name), "hashtag", match[0][: 1 + len(name)], name)


def _trimmed(link: str) -> str:
    """A link without the punctuation that belongs to the sentence around it. Brackets opened in the link stay."""
    end = len(link)
    unopened: dict[str, int] = {}
    while link[end - 1] in _TRAILING:
        last = link[end - 1]
        if last in _PAIRS:
            if last not in unopened:
                unopened[last] = link.count(last) - link.count(_PAIRS[last])
            if unopened[last] <= 0:
                break
            unopened[last] -= 1
        end -= 1
    return link[:end]
