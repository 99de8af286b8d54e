"""The HTTP application."""

import asyncio
import ipaddress
from collections.abc import Sequence
from typing import TypeVar

from marula.domain.context import Context
from marula.faces import activitypub, files, pages
from marula.faces.activitypub import inbox
from marula.faces.api import (
    accounts,
    announcements,
    annual_reports,
    apps,
    async_refreshes,
    blocks,
    bookmarks,
    collections,
    conversations,
    custom_emojis,
    directory,
    docs,
    domain_blocks,
    emails,
    endorsements,
    favourites,
    featured_tags,
    filters,
    follow_requests,
    followed_tags,
    grouped_notifications,
    health,
    instance,
    lists,
    markers,
    media,
    mutes,
    notification_requests,
    notifications,
    oauth,
    oembed,
    openapi,
    polls,
    preferences,
    profile,
    push,
    reactions,
    reports,
    scheduled_statuses,
    search,
    statuses,
    suggestions,
    tags,
    timelines,
    trends,
)
from marula.faces.api.dispatch import Endpoints
from marula.faces.api.route import Route, routes
from marula.faces.http.limits import Limiter
from marula.faces.http.outermost import OPEN_PATHS, App, Outermost
from marula.faces.http.request import Receive, Scope, Send
from marula.faces.http.router import Router
from marula.faces.streaming import BASE, PATHS, Streaming

API = (
    accounts,
    announcements,
    annual_reports,
    apps,
    async_refreshes,
    blocks,
    bookmarks,
    collections,
    conversations,
    custom_emojis,
    directory,
    docs,
    domain_blocks,
    emails,
    endorsements,
    favourites,
    filters,
    featured_tags,
    follow_requests,
    followed_tags,
    grouped_notifications,
    health,
    instance,
    lists,
    markers,
    media,
    mutes,
    notification_requests,
    notifications,
    oauth,
    oembed,
    openapi,
    polls,
    preferences,
    profile,
    push,
    reactions,
    scheduled_statuses,
    reports,
    search,
    statuses,
    suggestions,
    tags,
    timelines,
    trends,
)
"""Imported for the routes that they declare."""

R = TypeVar("R", Route, pages.PageRoute)


def make_app(ctx: Context, stopping: asyncio.Event | None = None) -> App:
    """API, pages, health and metrics, wrapped in the outermost layer. Raises ValueError when two handlers collide.

    `stopping`: set when the process is to end, so that nobody who listens holds it up.
    """
    limiter = Limiter(on=ctx.config.rate_limits)
    router: Router[App] = Router()
    for path, endpoints in _by_path(routes).items():
        router.add(path, Endpoints(ctx, limiter, endpoints))
    served: dict[str, App] = {
        path: pages.Pages(ctx, limiter, methods) for path, methods in _by_path(pages.routes).items()
    }
    viewers = activitypub.Viewers(ctx)
    for path, run in activitypub.documents.items():
        shown = activitypub.Documents(ctx, viewers, path, run)
        served[path] = shown if path not in served else either(shown, served[path])
    for path, app in served.items():
        router.add(path, app)
    inboxes = inbox.Inboxes(ctx)
    for path in inbox.PATHS:
        router.add(path, inboxes)
    router.add(files.PATH, files.KeptFiles(ctx))
    router.add(files.PROXY, files.RemoteFiles(ctx))
    pictures = files.RemotePictures(ctx)
    for path in (files.PEOPLE, files.EMOJI):
        router.add(path, pictures)
    no_endpoint, no_page = Endpoints(ctx, limiter, {}), pages.Pages(ctx, limiter, {})

    streaming = Streaming(ctx, stopping)
    for path, app in streaming.paths.items():
        router.add(path, app)

    async def inner(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            await streaming.socket(scope, receive, send)
            return
        found = router.find(scope["path"])
        if found is None:
            missing = no_endpoint if scope["path"].startswith(OPEN_PATHS) else no_page
            await missing(scope, receive, send)
            return
        serve, scope["path_params"] = found
        await serve(scope, receive, send)

    return Outermost(inner, [ipaddress.ip_network(text) for text in ctx.config.trusted_proxies])


def either(document: App, page: App) -> App:
    """What serves an address that means the same to machines and to people."""

    async def choose(scope: Scope, receive: Receive, send: Send) -> None:
        accept = next((value for name, value in scope["headers"] if name == b"accept"), b"").decode("latin-1")
        await (document if activitypub.wants_document(accept) else page)(scope, receive, send)

    return choose


def answered() -> set[tuple[str, str]]:
    """Every method and path that is answered; where PUT is, PATCH is too."""
    declared = {(one.method, one.path) for one in (*routes, *pages.routes)}
    declared |= {
        ("GET", path)
        for path in (
            *activitypub.documents,
            *PATHS,
            files.PATH,
            files.PROXY,
            files.PEOPLE,
            files.EMOJI,
            BASE,
            f"{BASE}/health",
        )
    }
    declared |= {("POST", path) for path in inbox.PATHS}
    return declared | {("PATCH", path) for method, path in declared if method == "PUT"}


def _by_path(declared: Sequence[R]) -> dict[str, dict[str, R]]:
    by_path: dict[str, dict[str, R]] = {}
    for route in declared:
        methods = by_path.setdefault(route.path, {})
        if route.method in methods:
            raise ValueError(f"two handlers for {route.method} {route.path}")
        methods[route.method] = route
    return by_path
