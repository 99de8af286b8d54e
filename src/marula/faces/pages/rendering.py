"""Templates to HTML."""

import re
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import msgspec
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from marula import __version__
from marula.domain import site
from marula.faces.pages.cookies import form_token
from marula.faces.pages.page import Visit
from marula.faces.pages.placeholders import placeholder
from marula.views.account import account

TEMPLATES = Path(__file__).parent / "templates"


async def render(visit: Visit, template: str, title: str, values: dict[str, Any]) -> bytes:
    """A page for this visitor."""
    common = {
        "site": await site_values(visit),
        "me": await _me(visit),
        "csrf_input": Markup('<input type="hidden" name="form_token" value="{}">').format(form_token(visit)),
        "page_title": title,
    }
    return _environment.get_template(template).render(common | values).encode()


def render_plain(template: str, values: dict[str, Any]) -> bytes:
    """A document that is the same for everybody, with nothing but these values."""
    return _environment.get_template(template).render(values).encode()


def render_shell(values: dict[str, Any]) -> bytes:
    """The page of the web app. What it begins with stands in it as JSON, in which no tag can end."""
    start = Markup(values["start"].replace("<", "\\u003c"))  # noqa: S704 - no tag begins or ends in it
    return _environment.get_template("app.html").render(values | {"start": start, "version": __version__}).encode()


def render_without_database(visit: Visit, template: str, title: str, values: dict[str, Any]) -> bytes:
    """A page that needs nothing but the settings of the process: when even the database is away."""
    domain = visit.ctx.config.local_domain
    common = {"site": _site(domain, site.SiteSettings(title=domain)), "me": None, "csrf_input": "", "page_title": title}
    return _environment.get_template(template).render(common | values).encode()


async def site_values(visit: Visit) -> dict[str, Any]:
    """What every page knows of the server."""
    return _site(visit.ctx.config.local_domain, await site.get(visit.ctx))


def entity(data: bytes) -> Any:
    """A rendered entity, as templates read it."""
    return msgspec.json.decode(data)


def _site(domain: str, settings: site.SiteSettings) -> dict[str, Any]:
    return {
        "title": settings.title,
        "domain": domain,
        "description": settings.short_description,
        "registrations": settings.registrations,
        "version": __version__,
        "contact_email": settings.contact_email or None,
    }


async def _me(visit: Visit) -> Any:
    if visit.viewer is None:
        return None
    async with visit.ctx.db.reading() as db:
        return entity((await account(visit.ctx, db, visit.viewer)).data)


def _emojify(text: str, emojis: list[dict[str, Any]]) -> Markup:
    """Pictures where :shortcodes: stand; plain text is escaped, Markup is kept."""
    known = {emoji["shortcode"]: emoji for emoji in emojis}

    def draw(found: re.Match[str]) -> str:
        emoji = known.get(found[1])
        if emoji is None:
            return found[0]
        code = escape(found[0])
        source = escape(emoji["static_url"])
        return f'<img class="emoji" src="{source}" alt="{code}" title="{code}" width="20" height="20" loading="lazy">'

    return Markup(re.sub(r":(\w+):", draw, str(escape(text))))  # noqa: S704 - escaped in the line itself


def _moment(text: str, exact: str = "minute") -> Markup:
    """A `<time>` for machines and people; exact is minute, day or month."""
    when = datetime.fromisoformat(text)
    long = f"{when.day} {when:%B %Y, %H:%M} UTC"
    words = {"minute": long, "day": f"{when.day} {when:%b %Y}", "month": f"{when:%b %Y}"}[exact]
    return Markup('<time datetime="{}" title="{}">{}</time>').format(text, long, words)


def _host(url: str) -> str:
    """The host of an address, as people name it."""
    return (urlsplit(url).hostname or url).removeprefix("www.")


def _number(count: int) -> str:
    """1234 as 1.2K."""
    for size, letter in ((1_000_000, "M"), (1_000, "K")):
        if count >= size:
            return f"{count / size:.1f}".removesuffix(".0") + letter
    return str(count)


_environment = Environment(
    loader=FileSystemLoader(TEMPLATES),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_filters: dict[str, Any] = {
    "emojify": _emojify,
    "datetime": _moment,
    "number": _number,
    "placeholder": placeholder,
    "host": _host,
}
_environment.filters.update(_filters)
