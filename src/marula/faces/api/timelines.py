"""Timelines.

Spec: Mastodon documentation, methods/timelines
"""

from marula.base.db import Connection
from marula.base.kernel.errors import Forbidden, NotFound
from marula.base.kernel.ids import ListId, PostId
from marula.base.kernel.paging import Page
from marula.base.text import normalise_hashtag
from marula.domain import discovery, lists, site, timelines
from marula.domain.timelines import PublicFilter, TagFilter
from marula.entities import Status
from marula.faces.api import async_refreshes
from marula.faces.api.access import NEEDS_USER
from marula.faces.api.call import Call
from marula.faces.api.route import route
from marula.faces.http.forms import Form
from marula.views import Rendered, listed
from marula.views.status import statuses

READ = ("read", "read:statuses")
SHORT = "public, max-age=15, stale-while-revalidate=30, stale-if-error=86400"
TAGS_PER_MODE = 4


class PublicForm(Form, frozen=True, kw_only=True):
    """Which part of the public timeline."""

    local: bool = False
    remote: bool = False
    only_media: bool = False


class TagForm(Form, frozen=True, kw_only=True):
    """Which posts with hashtags."""

    any: tuple[str, ...] = ()
    all: tuple[str, ...] = ()
    none: tuple[str, ...] = ()
    local: bool = False
    remote: bool = False
    only_media: bool = False


class LinkForm(Form, frozen=True, kw_only=True):
    """Which link."""

    url: str = ""


@route("GET", "/api/v1/timelines/home", scopes=READ, paging=(20, 40))
async def home(call: Call, page: Page) -> Rendered[list[Status]]:
    """The posts of those one follows, newest first. 206 while the feed of somebody who was away is being built.

    Meanwhile the header Mastodon-Async-Refresh names that work.
    """
    async with call.ctx.db.reading() as db:
        ids = await timelines.home(db, call.me, page)
        if ids:
            return await _answer(call, db, ids, page)
        built = await timelines.home_state(db, call.me)
    if built is None:
        async with call.ctx.db.transaction() as tx:
            built = await timelines.return_home(tx, call.me)
        if built:
            async with call.ctx.db.reading() as db:
                return await _answer(call, db, await timelines.home(db, call.me, page), page)
    if not built:
        call.status = 206
        async_refreshes.announce(call, f"home-{call.me}")
    return listed([])


@route("GET", "/api/v1/timelines/list/{list_id}", scopes=("read", "read:lists"), paging=(20, 40))
async def of_list(call: Call, list_id: ListId, page: Page) -> Rendered[list[Status]]:
    """The posts of those on a list, newest first. 206 while the feed of a list not read for long is being built."""
    async with call.ctx.db.reading() as db:
        await lists.own(db, call.me, list_id)
        if await timelines.list_ready(db, list_id, call.ctx.clock.now()):
            return await _answer(call, db, await timelines.of_list(db, list_id, page), page)
    async with call.ctx.db.transaction("relaxed") as tx:
        ready = await timelines.return_to_list(tx, list_id)
    if not ready:
        call.status = 206
        return listed([])
    async with call.ctx.db.reading() as db:
        return await _answer(call, db, await timelines.of_list(db, list_id, page), page)


@route("GET", "/api/v1/timelines/public", auth="optional", scopes=READ, paging=(20, 40), cache=SHORT)
async def public(call: Call, form: PublicForm, page: Page) -> Rendered[list[Status]]:
    """The public posts of this server and of those it knows."""
    settings = await site.get(call.ctx)
    _check_access(call, settings.local_live_feed_access, settings.remote_live_feed_access, form.local, form.remote)
    languages = None if call.bearer is None else call.bearer.chosen_languages
    wanted = PublicFilter(local=form.local, remote=form.remote, only_media=form.only_media, languages=languages or None)
    async with call.ctx.db.reading() as db:
        return await _answer(call, db, await timelines.public(db, wanted, page), page)


@route("GET", "/api/v1/timelines/tag/{hashtag}", auth="optional", scopes=READ, paging=(20, 40), cache=SHORT)
async def tag(call: Call, hashtag: str, form: TagForm, page: Page) -> Rendered[list[Status]]:
    """The public posts with a hashtag."""
    settings = await site.get(call.ctx)
    _check_access(call, settings.local_topic_feed_access, settings.remote_topic_feed_access, form.local, form.remote)
    wanted = TagFilter(
        any=_names((hashtag, *form.any)),
        all=_names(form.all),
        none=_names(form.none),
        local=form.local,
        remote=form.remote,
        only_media=form.only_media,
    )
    async with call.ctx.db.reading() as db:
        return await _answer(call, db, await timelines.tag(db, wanted, page), page)


@route("GET", "/api/v1/timelines/link", auth="optional", scopes=READ, paging=(20, 40), cache=SHORT)
async def link(call: Call, form: LinkForm, page: Page) -> Rendered[list[Status]]:
    """The public posts with a link that trends, of people who want to be found."""
    settings = await site.get(call.ctx)
    local, remote = settings.local_topic_feed_access, settings.remote_topic_feed_access
    _check_access(call, local, "public" if remote == "disabled" else remote, False, False)
    async with call.ctx.db.reading() as db:
        found = await discovery.trending_link(db, form.url, by_default=settings.trendable_by_default)
        if found is None or not settings.trends:
            raise NotFound
        ids = await discovery.posts_with_link(db, found, page, local=True, remote=remote != "disabled")
        return await _answer(call, db, ids, page)


async def _answer(call: Call, db: Connection, ids: list[PostId], page: Page) -> Rendered[list[Status]]:
    call.link(page, ids, short_ends=False)
    return listed(await statuses(call.ctx, db, call.viewer, ids))


def _names(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(normalise_hashtag(name.lstrip("#")) for name in names[: TAGS_PER_MODE + 1])


def _check_access(call: Call, local: str, remote: str, only_local: bool, only_remote: bool) -> None:
    """Whether these feeds are open to this viewer, as the owner decided."""
    concerned = ([] if only_remote else [local]) + ([] if only_local else [remote])
    if "disabled" in concerned:
        raise Forbidden("This feed is switched off on this server")
    if call.viewer is None and "authenticated" in concerned:
        raise NEEDS_USER
