"""Markdown to HTML, for the documents that the owner of a server writes.

What people use in such texts: headings, paragraphs, lists, quotes, code, rules, bold, italic, links. Everything else
stays text, and HTML is text too, so that the result needs no cleaning.
Spec: CommonMark 0.31, the blocks and inlines named above, not nested
"""

import re
from html import escape

_HEADING = re.compile(r"(#{1,6})[ \t]+(.+?)[ \t]*#*")
_RULE = re.compile(r"(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,}")
_BULLET = re.compile(r"[-*+][ \t]+(.+)")
_NUMBER = re.compile(r"\d{1,9}[.)][ \t]+(.+)")
_QUOTE = re.compile(r">[ \t]?(.*)")
_FENCE = re.compile(r"(`{3,}|~{3,})[^`]*")

_CODE = re.compile(r"`([^`\n]+)`")
_MARK = re.compile(r"\x00(\d+)\x00")
_LINK = re.compile(r"\[([^\[\]\n\x00]{1,500})\]\(((?:https?://|mailto:|/)[^\s()<>\"]{1,2000})\)")
_BARE = re.compile(r"&lt;((?:https?://|mailto:)[^\s<>\"&]{1,2000})&gt;")
_BOLD = re.compile(r"\*\*(?=\S)([^*\n]{1,1000}?)(?<=\S)\*\*")
_ITALIC = re.compile(r"(?<![\w*])([*_])(?=\S)([^*_\n]{1,1000}?)(?<=\S)\1(?![\w*])")


def render_markdown(text: str) -> str:
    """The HTML of a Markdown text."""
    lines = text.replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n").replace("\t", "    ").split("\n")
    parts: list[str] = []
    position = 0
    while position < len(lines):
        html, position = _block(lines, position)
        parts.append(html)
    return "\n".join(part for part in parts if part)


def _block(lines: list[str], start: int) -> tuple[str, int]:
    """The block that begins at a line, and the line after it."""
    line = lines[start].strip()
    if not line:
        return "", start + 1
    if fence := _FENCE.fullmatch(line):
        return _code_block(lines, start + 1, fence[1])
    if heading := _HEADING.fullmatch(line):
        level = len(heading[1])
        return f"<h{level}>{_inline(heading[2])}</h{level}>", start + 1
    if _RULE.fullmatch(line):
        return "<hr>", start + 1
    for pattern, tag in ((_BULLET, "ul"), (_NUMBER, "ol")):
        if pattern.fullmatch(line):
            return _list(lines, start, pattern, tag)
    if _QUOTE.fullmatch(line):
        return _quote(lines, start)
    end = start + 1
    while end < len(lines) and not _begins_block(lines[end].strip()):
        end += 1
    return f"<p>{_inlines(lines[start:end])}</p>", end


def _begins_block(line: str) -> bool:
    patterns = (_FENCE, _HEADING, _RULE, _BULLET, _NUMBER, _QUOTE)
    return not line or any(pattern.fullmatch(line) for pattern in patterns)


def _code_block(lines: list[str], start: int, fence: str) -> tuple[str, int]:
    end = start
    while end < len(lines) and lines[end].strip() != fence:
        end += 1
    return f"<pre><code>{escape(chr(10).join(lines[start:end]))}</code></pre>", end + 1


def _list(lines: list[str], start: int, pattern: re.Pattern[str], tag: str) -> tuple[str, int]:
    """A list; lines that are set in below an item go on with it."""
    items: list[list[str]] = []
    position = start
    while position < len(lines):
        line = lines[position]
        item = pattern.fullmatch(line.strip())
        if item is not None and not _RULE.fullmatch(line.strip()):
            items.append([item[1]])
        elif items and line.startswith("  ") and line.strip():
            items[-1].append(line)
        else:
            break
        position += 1
    inside = "".join(f"<li>{_inlines(item)}</li>" for item in items)
    return f"<{tag}>{inside}</{tag}>", position


def _quote(lines: list[str], start: int) -> tuple[str, int]:
    said: list[str] = []
    position = start
    while position < len(lines) and (match := _QUOTE.fullmatch(lines[position].strip())):
        said.append(match[1])
        position += 1
    return f"<blockquote><p>{_inlines(said)}</p></blockquote>", position


def _inlines(lines: list[str]) -> str:
    return _inline("\n".join(line.strip() for line in lines).strip())


def _inline(text: str) -> str:
    """The inlines of a text; code is set aside first, so that nothing is read in it."""
    parts = _CODE.split(text)
    return "".join(
        f"<code>{escape(part)}</code>" if index % 2 else _decorated(escape(part, quote=False))
        for index, part in enumerate(parts)
    )


def _decorated(html: str) -> str:
    """Links set aside behind marks, then bold and italic, then the links again."""
    kept: list[str] = []

    def keep(url: str, words: str) -> str:
        kept.append(f'<a href="{url}" rel="nofollow noopener">{words}</a>')
        return f"\x00{len(kept) - 1}\x00"

    marked = _BARE.sub(lambda match: keep(match[1], match[1]), html)
    marked = _LINK.sub(lambda match: keep(match[2], _emphasised(match[1])), marked)
    return _MARK.sub(lambda match: kept[int(match[1])], _emphasised(marked))


def _emphasised(html: str) -> str:
    return _ITALIC.sub(r"<em>\2</em>", _BOLD.sub(r"<strong>\1</strong>", html))
