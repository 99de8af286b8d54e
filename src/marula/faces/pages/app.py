"""The web app's page: the same for every address of the app, with what it needs to begin.

Visitors, and members whose browser runs no JavaScript, have the other pages.
"""

from urllib.parse import quote

import msgspec

from marula.domain import apps, site
from marula.faces.pages import feeds
from marula.faces.pages.built import assets
from marula.faces.pages.page import Answer, Sent, Shell, Visit, page
from marula.faces.pages.worries import Worries, worries
from marula.views.credentials import credentials
from marula.views.instance import streaming_url

PLAIN = "/plain"
LONGEST_TEXT = 5000
PATHS = (
    "/home",
    "/public",
    "/public/local",
    "/public/remote",
    "/notifications",
    "/notifications/policy",
    "/notifications/requests",
    "/conversations",
    "/explore",
    "/explore/{part}",
    "/search",
    "/bookmarks",
    "/favourites",
    "/lists",
    "/lists/{id}",
    "/lists/{id}/edit",
    "/link",
    "/followed_tags",
    "/follow_requests",
    "/blocks",
    "/mutes",
    "/domain_blocks",
    "/drafts",
    "/scheduled",
    "/filters",
    "/catch-up",
    "/settings",
    "/settings/profile",
    "/settings/posting",
    "/settings/look",
    "/{handle}/{post}/quotes",
)
"""Addresses of the app alone. Those that are pages for visitors, too, say so where they are declared: `app=True`."""


class Site(msgspec.Struct, frozen=True):
    """What the app calls this server."""

    title: str
    domain: str


class Start(msgspec.Struct, frozen=True, kw_only=True):
    """What the app knows when it begins."""

    token: str
    me: msgspec.Raw
    site: Site
    locale: str | None
    streaming: str
    text: str
    worries: Worries


def serves(visit: Visit) -> bool:
    """Whether this member gets the app at an address that is a page, too."""
    if assets() is None or visit.text("plain") or feeds.asked(visit):
        return False
    return visit.path.get("handle", "@").startswith("@")


async def shell(visit: Visit) -> Answer:
    """The app for whoever is signed in."""
    files = assets()
    if files is None:
        text = visit.text("text")
        return Sent(f"{PLAIN}?text={quote(text, safe='')}" if text else PLAIN)
    ctx, user = visit.ctx, visit.member
    token = await _token(visit)
    async with ctx.db.reading() as db:
        me = await credentials(ctx, db, user.account_id)
    begin = Start(
        token=token,
        me=msgspec.Raw(me.data),
        site=Site((await site.get(ctx)).title, ctx.config.local_domain),
        locale=user.locale,
        streaming=streaming_url(ctx),
        text=visit.text("text")[:LONGEST_TEXT],
        worries=await worries(visit),
    )
    return Shell(values={"start": msgspec.json.encode(begin).decode(), "files": files}, connects=begin.streaming)


async def _token(visit: Visit) -> str:
    """The token of the app in this session, usable from now on."""
    ctx = visit.ctx
    if visit.session is None:
        raise RuntimeError("a member has a session")
    token = apps.web_token(ctx.config.secret, visit.seed)
    async with ctx.db.reading() as db:
        known = await apps.knows_web_token(db, token)
    if not known:
        async with ctx.db.transaction() as tx:
            await apps.permit_web(tx, token, visit.member.id, visit.session)
    return token


for path in PATHS:
    page("GET", path, members=True)(shell)
