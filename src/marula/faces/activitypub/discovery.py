"""How others find this server and its people: WebFinger, host-meta, NodeInfo.

Spec: RFC 7033; RFC 6415; NodeInfo 2.0 and 2.1; FEP-f1d5; FEP-2677; FEP-3b86 (intents)
"""

from typing import Any
from urllib.parse import urlsplit

import msgspec

from marula import __version__
from marula.base.text import parse_handle
from marula.domain import accounts, actors, site, upkeep, users
from marula.domain.accounts import INSTANCE, Account
from marula.domain.context import Context
from marula.entities import (
    HostMeta,
    NodeInfo,
    NodeInfoLinks,
    NodeInfoMetadata,
    NodeInfoServices,
    NodeInfoSoftware,
    NodeInfoUsage,
    NodeInfoUsers,
    WebFinger,
    WellKnownLink,
)
from marula.faces.activitypub.document import JSON, Asking, Given, document

JRD = "application/jrd+json; charset=utf-8"
XRD = "application/xrd+xml; charset=utf-8"

LONG, SHORT, HALF_HOUR = "public, max-age=259200", "public, max-age=180", "public, max-age=1800"

SCHEMA = "http://nodeinfo.diaspora.software/ns/schema"
SOFTWARE = "marula"

SUBSCRIBE = "http://ostatus.org/schema/1.0/subscribe"
INTENT = "https://w3id.org/fep/3b86"
APPLICATION = "https://www.w3.org/ns/activitystreams#Application"
PROFILE_PAGE = "http://webfinger.net/rel/profile-page"


@document("/.well-known/webfinger", open=True)
async def webfinger(asking: Asking) -> Given:
    """The account that a handle or an address stands for, or the server itself."""
    resource = asking.query.get("resource", "").strip()
    if not resource:
        return Given(data=b"", kind=JRD, cache=SHORT, status=400)
    if _is_server(asking.ctx, resource):
        return Given(data=msgspec.json.encode(_server(asking.ctx)), kind=JRD, cache=LONG)
    found = await _account(asking.ctx, resource)
    if found is None:
        gone = await _is_gone(asking.ctx, resource)
        return Given(data=b"", kind=JRD, cache=SHORT, status=410 if gone else 404)
    return Given(data=msgspec.json.encode(_finger(asking.ctx, found)), kind=JRD, cache=LONG)


@document("/.well-known/host-meta", open=True)
async def host_meta(asking: Asking) -> Given:
    """Where WebFinger is, as XRD, or as JSON for those who ask for it."""
    if "json" in (asking.request.header(b"accept") or ""):
        return await host_meta_json(asking)
    return Given(
        data=(
            '<?xml version="1.0" encoding="UTF-8"?>\n'
            '<XRD xmlns="http://docs.oasis-open.org/ns/xri/xrd-1.0">\n'
            f'  <Link rel="lrdd" template="{_template(asking.ctx)}"/>\n'
            "</XRD>\n"
        ).encode(),
        kind=XRD,
        cache=LONG,
    )


@document("/.well-known/host-meta.json", open=True)
async def host_meta_json(asking: Asking) -> Given:
    """The same as JSON."""
    links = [WellKnownLink(rel="lrdd", template=_template(asking.ctx))]
    return Given(data=msgspec.json.encode(HostMeta(links=links)), kind=JSON, cache=LONG)


@document("/.well-known/nodeinfo", open=True)
async def nodeinfo_links(asking: Asking) -> Given:
    """Where the facts about this server are."""
    web = asking.ctx.config.web_url
    links = [WellKnownLink(rel=f"{SCHEMA}/{version}", href=f"{web}/nodeinfo/{version}") for version in ("2.0", "2.1")]
    links.append(WellKnownLink(rel=APPLICATION, href=actors.actor_uri(asking.ctx.config, INSTANCE)))
    return Given(data=msgspec.json.encode(NodeInfoLinks(links=links)), kind=JSON, cache=LONG)


@document("/nodeinfo/2.0", open=True)
async def nodeinfo(asking: Asking) -> Given:
    """The facts about this server."""
    return _nodeinfo(msgspec.to_builtins(await _facts(asking.ctx)), "2.0")


@document("/nodeinfo/2.1", open=True)
async def newer_nodeinfo(asking: Asking) -> Given:
    """The same, and where the program comes from."""
    facts = msgspec.to_builtins(await _facts(asking.ctx))
    source = asking.ctx.config.source_url
    facts["version"] = "2.1"
    facts["software"] |= {"repository": source} if source else {}
    return _nodeinfo(facts, "2.1")


def _nodeinfo(facts: dict[str, Any], version: str) -> Given:
    kind = f'application/json; profile="{SCHEMA}/{version}#"; charset=utf-8'
    return Given(data=msgspec.json.encode(facts), kind=kind, cache=HALF_HOUR)


async def _facts(ctx: Context) -> NodeInfo:
    settings = await site.get(ctx)
    async with ctx.db.reading() as db:
        figures = await upkeep.figures(db, ctx.clock.now())
    return NodeInfo(
        version="2.0",
        software=NodeInfoSoftware(name=SOFTWARE, version=__version__),
        protocols=["activitypub"],
        services=NodeInfoServices(inbound=[], outbound=[]),
        usage=NodeInfoUsage(
            users=NodeInfoUsers(
                total=figures.users, active_month=figures.active_month, active_halfyear=figures.active_halfyear
            ),
            local_posts=figures.statuses,
        ),
        open_registrations=settings.registrations == "open",
        metadata=NodeInfoMetadata(node_name=settings.title, node_description=settings.short_description),
    )


async def _account(ctx: Context, resource: str) -> Account | None:
    """The local account that is meant, when it may be found."""
    identifier = actors.account_of(ctx.config, resource)
    async with ctx.db.reading() as db:
        if identifier is not None:
            found = await accounts.by_id(db, identifier)
        else:
            name = _name(ctx, resource)
            found = None if name is None else await accounts.by_handle(db, name, None)
        user = None if found is None or not found.local else await users.by_account(db, found.id)
    if user is None or users.standing(user) in ("unconfirmed", "pending"):
        return None
    return found


async def _is_gone(ctx: Context, resource: str) -> bool:
    """Whether the account that is meant was here and was deleted."""
    identifier, name = actors.account_of(ctx.config, resource), _name(ctx, resource)
    async with ctx.db.reading() as db:
        if identifier is not None:
            return await actors.departed(db, identifier) is not None
        return name is not None and await actors.departed_named(db, name) is not None


def _name(ctx: Context, resource: str) -> str | None:
    """The username in `acct:name@here`, `name@here` or the address of a profile."""
    here = _here(ctx)
    if resource.startswith(("http://", "https://")):
        parts = urlsplit(resource)
        path = parts.path.strip("/")
        name = path.removeprefix("users/") if path.startswith("users/") else path.removeprefix("@")
        return name if parts.netloc.lower() in here and path != name else None
    parsed = parse_handle(f"@{resource.removeprefix('acct:').removeprefix('@')}")
    return parsed[0] if parsed is not None and (parsed[1] or "").lower() in here else None


def _is_server(ctx: Context, resource: str) -> bool:
    """Whether the server itself is meant: by its handle, its actor id, or the address of its front page."""
    config = ctx.config
    if resource in (actors.actor_uri(config, INSTANCE), config.web_url, f"{config.web_url}/"):
        return True
    parsed = parse_handle(resource)
    here = _here(ctx)
    return parsed is not None and parsed[0].lower() in (actors.instance_name(config), *here) and parsed[1] in here


def _here(ctx: Context) -> set[str]:
    """The domains under which our handles are found."""
    config = ctx.config
    return {config.local_domain.lower(), config.web_domain.lower(), *config.alternate_domains}


def _server(ctx: Context) -> WebFinger:
    config = ctx.config
    actor = actors.actor_uri(config, INSTANCE)
    return WebFinger(
        subject=f"acct:{actors.instance_name(config)}@{config.local_domain}",
        aliases=[actor],
        links=[
            WellKnownLink(rel=PROFILE_PAGE, type="text/html", href=config.web_url),
            WellKnownLink(rel="self", type="application/activity+json", href=actor),
        ],
    )


def _finger(ctx: Context, account: Account) -> WebFinger:
    config = ctx.config
    profile, actor = f"{config.web_url}/@{account.username}", actors.actor_uri(config, account.id)
    return WebFinger(
        subject=f"acct:{account.username}@{config.local_domain}",
        aliases=[profile, actor],
        links=[
            WellKnownLink(rel=PROFILE_PAGE, type="text/html", href=profile),
            WellKnownLink(rel="self", type="application/activity+json", href=actor),
            WellKnownLink(rel=SUBSCRIBE, template=f"{config.web_url}/authorize_interaction?uri={{uri}}"),
            WellKnownLink(rel=f"{INTENT}/Create", template=f"{config.web_url}/share?text={{content}}"),
            WellKnownLink(rel=f"{INTENT}/Object", template=f"{config.web_url}/authorize_interaction?uri={{object}}"),
        ],
    )


def _template(ctx: Context) -> str:
    return f"{ctx.config.web_url}/.well-known/webfinger?resource={{uri}}"
