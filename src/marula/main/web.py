"""The HTTP application."""

import ipaddress
from typing import Any, cast

from litestar import Litestar

from marula.domain.context import Context
from marula.faces import pages
from marula.faces.api import (
    accounts,
    apps,
    blocks,
    bookmarks,
    custom_emojis,
    docs,
    favourites,
    follow_requests,
    health,
    instance,
    markers,
    mutes,
    notifications,
    oauth,
    openapi,
    polls,
    preferences,
    search,
    statuses,
    timelines,
)
from marula.faces.api.dispatch import Endpoints
from marula.faces.api.route import Route, routes
from marula.faces.http.limits import Limiter
from marula.faces.http.outermost import App, Outermost
from marula.faces.http.request import Receive, Scope, Send
from marula.faces.http.router import Router

API = (
    accounts,
    apps,
    blocks,
    bookmarks,
    custom_emojis,
    docs,
    favourites,
    follow_requests,
    health,
    instance,
    markers,
    mutes,
    notifications,
    oauth,
    openapi,
    polls,
    preferences,
    search,
    statuses,
    timelines,
)
"""Imported for the routes that they declare."""


def make_app(ctx: Context) -> App:
    """API, pages, health and metrics, wrapped in the outermost layer. Raises ValueError when two handlers collide."""
    limiter = Limiter(on=ctx.config.rate_limits)
    endpoints = _endpoints(ctx, limiter)
    site = cast(
        Any, Litestar(route_handlers=pages.handlers(ctx, limiter), openapi_config=None, logging_config=None)
    )

    async def inner(scope: Scope, receive: Receive, send: Send) -> None:
        found = endpoints.find(scope["path"])
        if found is None:
            await site(scope, receive, send)
            return
        endpoint, scope["path_params"] = found
        await endpoint(scope, receive, send)

    return Outermost(inner, [ipaddress.ip_network(text) for text in ctx.config.trusted_proxies])


def _endpoints(ctx: Context, limiter: Limiter) -> Router[Endpoints]:
    by_path: dict[str, dict[str, Route]] = {}
    for route in routes:
        methods = by_path.setdefault(route.path, {})
        if route.method in methods:
            raise ValueError(f"two handlers for {route.method} {route.path}")
        methods[route.method] = route
    router: Router[Endpoints] = Router()
    for path, methods in by_path.items():
        router.add(path, Endpoints(ctx, limiter, methods))
    return router
