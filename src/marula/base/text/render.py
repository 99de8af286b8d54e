"""Plain text to HTML, in exactly the shape that clients of Mastodon parse.

Spec: GOTCHAS, Posting and editing: span.h-card a.u-url.mention, a.mention.hashtag rel=tag, links cut into
span.invisible, span.ellipsis, span.invisible; newlines become paragraphs and line breaks.
"""

import re
from collections.abc import Callable, Mapping
from html import escape

import msgspec

from marula.base.text.hashtags import normalise_hashtag
from marula.base.text.tokens import Token, scan

SHOWN = 30
"""Characters of a link that stay visible."""

_PARAGRAPHS = re.compile(r"\n{2,}")
_PREFIX = re.compile(r"https?://(?:www\.)?|xmpp:", re.IGNORECASE)
_REL = "nofollow noopener"


class MentionLink(msgspec.Struct, frozen=True):
    """Where a mention leads and the name it shows."""

    url: str
    username: str


def render_post(text: str, *, mentions: Mapping[str, MentionLink], tag_url: Callable[[str], str]) -> str:
    """The HTML of a post.

    Takes: `mentions` by handle as written, in lower case (`ann`, `ann@example.org`); others stay plain text.
    `tag_url` gives the page of a normalised hashtag.
    """
    plain = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    if not plain:
        return ""
    html = _linked(plain, mentions, tag_url, _REL)
    return "".join(f"<p>{part.replace(chr(10), '<br />')}</p>" for part in _PARAGRAPHS.split(html))


def render_bio(text: str, *, mentions: Mapping[str, MentionLink], tag_url: Callable[[str], str]) -> str:
    """The HTML of a profile's description: as a post."""
    return render_post(text, mentions=mentions, tag_url=tag_url)


def render_field(text: str, *, mentions: Mapping[str, MentionLink], tag_url: Callable[[str], str]) -> str:
    """The HTML of a profile field: one line; its links claim to be about the same person."""
    return _linked(" ".join(text.split()), mentions, tag_url, f"{_REL} me")


def render_quote(url: str) -> str:
    """The line that says which post is quoted, for those who show no quotes; they who do hide it by its class.

    Spec: GOTCHAS, Posting and editing
    """
    return f'<p class="quote-inline">RE: {_link(url, _REL)}</p>'


def links_to(html: str, url: str) -> bool:
    """Whether rendered HTML has a link to this address."""
    return f'href="{_escape(url)}"' in html


def _linked(plain: str, mentions: Mapping[str, MentionLink], tag_url: Callable[[str], str], rel: str) -> str:
    parts: list[str] = []
    position = 0
    for token in scan(plain):
        parts.append(_escape(plain[position : token.start]))
        parts.append(_html(token, mentions, tag_url, rel))
        position = token.end
    parts.append(_escape(plain[position:]))
    return "".join(parts)


def _html(token: Token, mentions: Mapping[str, MentionLink], tag_url: Callable[[str], str], rel: str) -> str:
    if token.kind == "url":
        return _link(token.text, rel)
    if token.kind == "hashtag":
        href = _escape(tag_url(normalise_hashtag(token.name)))
        return f'<a href="{href}" class="mention hashtag" rel="tag">#<span>{_escape(token.name)}</span></a>'
    if token.kind == "mention":
        handle = token.name if token.domain is None else f"{token.name}@{token.domain}"
        target = mentions.get(handle.lower())
        if target is not None:
            return _mention(target)
    return _escape(token.text)


def _mention(target: MentionLink) -> str:
    return (
        f'<span class="h-card" translate="no"><a href="{_escape(target.url)}" class="u-url mention">'
        f"@<span>{_escape(target.username)}</span></a></span>"
    )


def _link(url: str, rel: str) -> str:
    match = _PREFIX.match(url)
    prefix = match[0] if match else ""
    rest = url[len(prefix) :]
    shown, hidden = rest[:SHOWN], rest[SHOWN:]
    kind = "ellipsis" if hidden else ""
    return (
        f'<a href="{_escape(url)}" target="_blank" rel="{rel}" translate="no">'
        f'<span class="invisible">{_escape(prefix)}</span><span class="{kind}">{_escape(shown)}</span>'
        f'<span class="invisible">{_escape(hidden)}</span></a>'
    )


def _escape(text: str) -> str:
    """Text that may stand between tags and in attributes; the apostrophe as the decimal code that all clients read."""
    return escape(text).replace("&#x27;", "&#39;")
