"""Markdown to HTML: the documents that the owner of a server writes, and the texts of servers that send Markdown.

HTML in a text stays text, pictures become links, and a link leads to the web or to mail only, so that the result needs
no cleaning. Spec: CommonMark 0.31, with tables and strikethrough
"""

from typing import Any
from urllib.parse import urlsplit

from markdown_it import MarkdownIt
from markdown_it.token import Token

LONGEST = 100_000
"""Characters that are read as Markdown; what follows is cut off."""

SCHEMES = ("http", "https", "mailto", "")


class _Reader(MarkdownIt):
    """Markdown without HTML and pictures."""

    def __init__(self) -> None:
        super().__init__("commonmark", {"html": False, "breaks": False})
        self.enable(["table", "strikethrough"])
        self.disable("image")
        self.add_render_rule("link_open", _link)

    def validateLink(self, url: str) -> bool:  # noqa: N802 - the name that the library calls
        return super().validateLink(url) and _leads_out(url)


def _leads_out(url: str) -> bool:
    try:
        return urlsplit(url).scheme.lower() in SCHEMES
    except ValueError:
        return False


def _link(renderer: Any, tokens: list[Token], index: int, options: Any, environment: Any) -> str:
    tokens[index].attrSet("rel", "nofollow noopener")
    return renderer.renderToken(tokens, index, options, environment)


_reader = _Reader()


def render_markdown(text: str) -> str:
    """The HTML of a Markdown text."""
    return _reader.render(text[:LONGEST].replace("\x00", "")).rstrip("\n")
