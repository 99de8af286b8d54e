"""Reads a page as a browser and a screen reader would, and says in sentences what is wrong with it."""

from collections.abc import Iterator
from html.parser import HTMLParser

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
FORBIDDEN = {"script", "style", "base", "iframe", "object", "embed", "font", "center"}
BLOCKS = {"div", "p", "ul", "ol", "dl", "section", "article", "details", "form", "h1", "h2", "h3", "blockquote"}
CONTROLS = {"input", "select", "textarea"}
RESOURCES = {"img": ("src",), "video": ("src", "poster"), "audio": ("src",), "use": ("href",), "form": ("action",)}
POINTERS = {"for", "aria-describedby", "aria-labelledby", "aria-controls"}

Tag = tuple[str, dict[str, str]]


class Page(HTMLParser):
    """One parsed page: its tags in order, and the faults found while reading."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.faults: list[str] = []
        self.tags: list[Tag] = []
        self.title = ""
        self._open: list[str] = []
        self._forms: list[tuple[str, bool]] = []
        self._words: list[bool] = []
        self.feed(html)
        self.close()
        if self._open:
            self.faults.append(f"never closed: {self._open}")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.tags.append((tag, given))
        self._nesting(tag)
        if len(given) != len(attrs):
            self.faults.append(f"an attribute twice in <{tag}>")
        if tag == "form":
            self._forms.append((given.get("method", "get"), False))
        if tag == "input" and given.get("name") == "csrf_token" and self._forms:
            self._forms[-1] = (self._forms[-1][0], True)
        if tag in ("a", "button"):
            self._words.append("aria-label" in given)
        if tag == "img" and given.get("alt") and self._words:
            self._words[-1] = True
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.faults.append(f"<{tag}/> closes itself, which HTML does not know")

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open[-1] != tag:
            self.faults.append(f"</{tag}> closes {self._open[-1:] or 'nothing'}")
            return
        self._open.pop()
        if tag == "form":
            method, guarded = self._forms.pop()
            if method == "post" and not guarded:
                self.faults.append("a POST form without its CSRF token")
        if tag in ("a", "button") and not self._words.pop():
            self.faults.append(f"a <{tag}> without words")

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1] == "title":
            self.title += data
        if self._words and data.strip():
            self._words[-1] = True

    def _nesting(self, tag: str) -> None:
        if "p" in self._open and tag in BLOCKS:
            self.faults.append(f"<{tag}> inside a paragraph")
        if tag in ("a", "button", *CONTROLS) and ("a" in self._open or "button" in self._open):
            self.faults.append(f"<{tag}> inside another thing to press")
        if tag == "form" and "form" in self._open:
            self.faults.append("a form inside a form")


def faults(html: str) -> list[str]:
    """What is wrong with the page; empty when nothing is."""
    page = Page(html)
    return [*page.faults, *_outline(page), *_names(page), *_policy(page)]


def _outline(page: Page) -> Iterator[str]:
    """Language, title and headings."""
    languages = [given.get("lang") for tag, given in page.tags if tag == "html"]
    if languages != ["en"]:
        yield f"the language of the page is {languages}"
    if not page.title.strip():
        yield "no title"
    levels = [int(tag[1]) for tag, _ in page.tags if len(tag) == 2 and tag[0] == "h" and tag[1].isdigit()]
    if levels.count(1) != 1:
        yield f"{levels.count(1)} h1"
    if any(deeper > level + 1 for level, deeper in zip([0, *levels], levels, strict=False)):
        yield f"the headings skip a level: {levels}"


def _names(page: Page) -> Iterator[str]:
    """Ids, what points at them, labels and alternative texts."""
    ids = [given["id"] for _, given in page.tags if "id" in given]
    if len(ids) != len(set(ids)):
        yield f"an id stands twice: {sorted(ids)}"
    for tag, given in page.tags:
        pointed = [name for pointer in POINTERS for name in given.get(pointer, "").split()]
        if given.get("href", "").startswith("#"):
            pointed.append(given["href"][1:])
        yield from (f"<{tag}> points at #{name}, which is not there" for name in pointed if name not in ids)
        if tag == "img" and "alt" not in given:
            yield f"a picture without alt: {given}"
        if tag == "a" and not given.get("href"):
            yield "a link to nowhere"
        if tag == "button" and "type" not in given:
            yield "a button without type"
    labelled = {given.get("for") for tag, given in page.tags if tag == "label"}
    for tag, given in page.tags:
        if tag in CONTROLS and given.get("type") != "hidden" and given.get("id") not in labelled:
            yield f"<{tag} name={given.get('name')}> has no label"


def _policy(page: Page) -> Iterator[str]:
    """Nothing inline, nothing from another host: what the Content-Security-Policy would refuse."""
    for tag, given in page.tags:
        if tag in FORBIDDEN and given != {"target": "_blank"}:  # of a base, which has no address then
            yield f"<{tag}> is not allowed"
        yield from (f"<{tag} {name}> is inline" for name in given if name == "style" or name.startswith("on"))
        loaded = [value for name, value in given.items() if name in RESOURCES.get(tag, ())]
        if tag == "link" and given.get("rel") in ("stylesheet", "icon", "preload"):
            loaded.append(given["href"])
        yield from (f"<{tag}> loads {address}" for address in loaded if not address.startswith("/") or "//" in address)
