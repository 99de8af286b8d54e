"""WebFinger, asked: who a handle stands for.

Spec: RFC 7033; RFC 6415 (host-meta); Mastodon documentation, spec/webfinger; FEP-2c59
"""

import re
from html import unescape
from urllib.parse import quote

import msgspec

from marula.base.kernel.errors import Gone, NotFound, Refused
from marula.base.net import Limits
from marula.base.text import normalise_domain, valid_remote_username
from marula.domain.context import Context
from marula.faces.activitypub.fetching.documents import check_host, check_status, is_activity
from marula.faces.activitypub.reading import Unreadable, same_origin
from marula.faces.activitypub.reading.values import many, uri

LIMITS = Limits(size=256 * 1024)
ACCEPT = {"accept": "application/jrd+json, application/json"}

LONGEST = 8000
"""Bytes of host-meta that are read."""

_LINK = r"""<Link\b(?=[^>]*\brel=["']lrdd["'])[^>]*\btemplate=["']([^"'<>]{1,2000})["']"""
_TEMPLATE = re.compile(_LINK, re.IGNORECASE)

Handle = tuple[str, str]
"""A name and a domain, in lower case and ASCII."""


class Finger(msgspec.Struct, frozen=True, kw_only=True):
    """What a handle stands for: its name in the spelling of its server, and the id of the actor."""

    name: str
    domain: str
    actor: str

    @property
    def key(self) -> Handle:
        """What two spellings of a handle have in common."""
        return self.name.lower(), self.domain


async def finger(ctx: Context, name: str, domain: str) -> Finger:
    """Whom a server says a handle is. That the actor says the same is not checked here.

    Raises: NotFound, Gone, Refused, Unreachable, Unreadable.
    """
    resource = quote(f"acct:{name}@{domain}", safe="@:")
    base = ctx.config.origin_of(domain)
    await check_host(ctx, base)
    try:
        return _read(await _ask(ctx, f"{base}/.well-known/webfinger?resource={resource}"))
    except NotFound:
        template = await _template(ctx, base)
        return _read(await _ask(ctx, template.replace("{uri}", resource)))


async def verified(ctx: Context, claimed: Handle, actor: str) -> Finger:
    """The handle of an actor, which claims this one: both its server and that of the handle agree.

    Where the handle's server names another handle, that one must stand for itself. Raises: as `finger`; Unreadable when
    somebody claims what is not theirs.
    """
    found = await finger(ctx, *claimed)
    if found.key != (claimed[0].lower(), claimed[1]):
        named = await finger(ctx, found.name, found.domain)
        if named.key != found.key:
            raise Unreadable(f"@{claimed[0]}@{claimed[1]} leads from handle to handle")
        found = named
    if found.actor != actor:
        raise Unreadable(f"@{found.name}@{found.domain} is somebody else")
    return found


async def _ask(ctx: Context, url: str) -> bytes:
    await check_host(ctx, url)
    answer = await ctx.http.get(url, headers=ACCEPT, limits=LIMITS)
    check_status(answer)
    return answer.body


async def _template(ctx: Context, base: str) -> str:
    """Where host-meta says WebFinger is. Raises NotFound where there is none, or it leads to another server."""
    try:
        body = await _ask(ctx, f"{base}/.well-known/host-meta")
    except (Gone, Refused) as error:
        raise NotFound from error
    found = _TEMPLATE.search(body[:LONGEST].decode(errors="replace"))
    template = None if found is None else unescape(found[1])
    if template is None or "{uri}" not in template or uri(template.replace("{uri}", "x")) is None:
        raise NotFound
    if template.startswith("http:") and not same_origin(template, base):
        raise NotFound
    return template


def _read(body: bytes) -> Finger:
    try:
        document = msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Unreadable("WebFinger answers with something else") from error
    if not isinstance(document, dict):
        raise Unreadable("WebFinger answers with something else")
    subject = document.get("subject")
    name, _, host = (subject if isinstance(subject, str) else "").removeprefix("acct:").removeprefix("@").partition("@")
    domain = normalise_domain(host) if host else None
    if domain is None or not valid_remote_username(name):
        raise Unreadable("WebFinger names no handle")
    actor = next((found for link in many(document.get("links")) if (found := _self(link)) is not None), None)
    if actor is None:
        raise Unreadable("WebFinger names no actor")
    return Finger(name=name, domain=domain, actor=actor)


def _self(link: object) -> str | None:
    """The actor that a link leads to."""
    if not isinstance(link, dict) or link.get("rel") != "self":
        return None
    kind = link.get("type")
    return uri(link.get("href")) if isinstance(kind, str) and is_activity(kind) else None
