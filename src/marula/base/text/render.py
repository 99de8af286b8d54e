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
_PREFIX = re.compile(r"^(?:https?://(?:www\.)?|xmpp:)", re.IGNORECASE)
_REL = "nofollow noopener"


class MentionLink(msgspec.Struct, frozen=True):
    """Where a mention leads and the name it shows."""

    url: str
    username: str


def render_post(text: str, *, mentions: Mapping[str, MentionLink], tag_url: Callable[[str], str]) -> str:
    """The HTML of a post.

    Takes: `mentions` by handle as written in lower case (`ann`, `ann@example.org`); others stay plain text.
    `tag_url` gives the page of a normalised hashtag.
    """
    plain = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    if not plain:
        return ""
    parts: list[str] = []
    position = 0
    for token in scan(plain):
        parts.append(escape(plain[position : token.start]))
        parts.append(_html(token, mentions, tag_url, _REL))
        position = token.end
    parts.append(escape(plain[position:]))
    paragraphs = _PARAGRAPHS.split("".join(parts))
    return "".join(f"<p>{paragraph.strip().replace(chr(10), '<br />')}</p>" for paragraph in paragraphs)


def render_bio(text: str, *, mentions: Mapping[str, MentionLink], tag_url: Callable[[str], str]) -> str:
    """The HTML of a profile's description: as a post."""
    return render_post(text, mentions=mentions, tag_url=tag_url)


def render_field(text: str, *, mentions: Mapping[str, MentionLink], tag_url: Callable[[str], str]) -> str:
    """The HTML of a profile field: one line; its links claim to be about the same person."""
    plain = " ".join(text.split())
    parts: list[str] = []
    position = 0
    for token in scan(plain):
        parts.append(escape(plain[position : token.start]))
        parts.append(_html(token, mentions, tag_url, f"{_REL} me"))
        position = token.end
    parts.append(escape(plain[position:]))
    return "".join(parts)


def _html(token: Token, mentions: Mapping[str, MentionLink], tag_url: Callable[[str], str], rel: str) -> str:
    if token.kind == "url":
        return _link(token.text, rel)
    if token.kind == "hashtag":
        href = escape(tag_url(normalise_hashtag(token.name)))
        return f'<a href="{href}" class="mention hashtag" rel="tag">#<span>{escape(token.name)}</span></a>'
    key = token.name.lower() if token.domain is None else f"{token.name.lower()}@{token.domain.lower()}"
    target = mentions.get(key)
    if target is None:
        return escape(token.text)
    return (
        f'<span class="h-card" translate="no"><a href="{escape(target.url)}" class="u-url mention">'
        f"@<span>{escape(target.username)}</span></a></span>"
    )


def _link(url: str, rel: str) -> str:
    match = _PREFIX.match(url)
    prefix = match[0] if match else ""
    rest = url[len(prefix) :]
    shown, hidden = rest[:SHOWN], rest[SHOWN:]
    kind = "ellipsis" if hidden else ""
    return (
        f'<a href="{escape(url)}" target="_blank" rel="{rel}" translate="no">'
        f'<span class="invisible">{escape(prefix)}</span><span class="{kind}">{escape(shown)}</span>'
        f'<span class="invisible">{escape(hidden)}</span></a>'
    )
