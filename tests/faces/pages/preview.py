"""Every page of Marula with believable people in it, as static files to look at.

`python -m tests.faces.pages.preview FOLDER` writes them; the same samples feed the tests of the templates.
"""

import re
import shutil
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from marula.faces.pages.placeholders import placeholder
from tests.faces.pages import community, samples
from tests.faces.pages.community import Entity

PAGES = Path(__file__).parents[3] / "src" / "marula" / "faces" / "pages"


def emojify(text: str, emojis: list[Entity]) -> Markup:
    """Put pictures where :shortcodes: stand; plain text is escaped first, Markup is kept."""
    known = {emoji["shortcode"]: emoji for emoji in emojis}

    def draw(found: re.Match[str]) -> str:
        emoji = known.get(found[1])
        if emoji is None:
            return found[0]
        code, address = escape(found[0]), escape(emoji["static_url"])
        return f'<img class="emoji" src="{address}" alt="{code}" title="{code}" width="20" height="20" loading="lazy">'

    return Markup(re.sub(r":(\w+):", draw, str(escape(text))))


def moment(iso: str, exact: str = "minute") -> Markup:
    """A `<time>` for machines and people; exact is "minute", "day" or "month"."""
    when = datetime.fromisoformat(iso)
    long = f"{when.day} {when:%B %Y, %H:%M} UTC"
    words = {"minute": long, "day": f"{when.day} {when:%b %Y}", "month": f"{when:%b %Y}"}[exact]
    return Markup('<time datetime="{}" title="{}">{}</time>').format(iso, long, words)


def number(count: int) -> str:
    """1234 as 1.2K."""
    for size, letter in ((1_000_000, "M"), (1_000, "K")):
        if count >= size:
            return f"{count / size:.1f}".removesuffix(".0") + letter
    return str(count)


def host(url: str) -> str:
    """The host of an address."""
    return urlsplit(url).hostname or url


def environment() -> Environment:
    """Jinja as the pages use it: escaped, and an unknown name is an error."""
    made = Environment(
        loader=FileSystemLoader(PAGES / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    filters: dict[str, Callable[..., str]] = {"emojify": emojify, "datetime": moment, "number": number}
    filters |= {"placeholder": placeholder, "host": host}
    made.filters.update(filters)
    return made


def render_all() -> dict[str, str]:
    """All sample pages: name → HTML."""
    jinja = environment()
    return {
        name: jinja.get_template(template).render(samples.everywhere(context))
        for name, (template, context) in samples.PAGES.items()
    }


def write(folder: Path) -> None:
    """Write the pages, the static files and the sample pictures below the folder."""
    shutil.copytree(PAGES / "static", folder / "static", dirs_exist_ok=True)
    (folder / "sample").mkdir(parents=True, exist_ok=True)
    for name, drawing in community.PICTURES.items():
        (folder / "sample" / name).write_text(drawing, encoding="utf-8")
    for name, html in render_all().items():
        (folder / f"{name}.html").write_text(html, encoding="utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1]))
