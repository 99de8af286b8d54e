"""What many people talk about now.

Spec: Mastodon documentation, methods/trends
"""

from datetime import UTC, datetime

from marula.domain import discovery, site
from marula.entities import Status, Tag, TrendsLink
from marula.faces.api.call import Call
from marula.faces.api.route import route
from marula.faces.http.forms import Form
from marula.views import Rendered, listed
from marula.views.link import links as render_links
from marula.views.status import statuses as render_statuses
from marula.views.tag import tags as render_tags

SHORT = "public, max-age=15, stale-while-revalidate=30, stale-if-error=86400"
MOST, MOST_POSTS = 20, 40
FARTHEST = 10_000
"""Nobody pages through trends beyond this."""


class TrendsForm(Form, frozen=True, kw_only=True):
    """Which part of what trends."""

    limit: int = 10
    offset: int = 0


class PostsForm(Form, frozen=True, kw_only=True):
    """Which part of the posts that trend."""

    limit: int = 20
    offset: int = 0


@route("GET", "/api/v1/trends/tags", auth="optional", cache=SHORT)
async def tags(call: Call, form: TrendsForm) -> list[Tag]:
    """The hashtags that more people use than yesterday, and that moderators let trend."""
    settings = await site.get(call.ctx)
    limit, offset = _part(form, MOST)
    if not settings.trends or offset > FARTHEST:
        return []
    async with call.ctx.db.reading() as db:
        found = await discovery.trending_tags(db, by_default=settings.trendable_by_default, limit=limit, offset=offset)
        call.link_offset(limit, offset, len(found))
        return await render_tags(call.ctx, db, call.viewer, found)


@route("GET", "/api/v1/trends", auth="optional", cache=SHORT, deprecated=datetime(2022, 3, 30, tzinfo=UTC))
async def index(call: Call, form: TrendsForm) -> list[Tag]:
    """The same under its old address."""
    return await tags(call, form)


@route("GET", "/api/v1/trends/statuses", auth="optional", cache=SHORT)
async def statuses(call: Call, form: PostsForm) -> Rendered[list[Status]]:
    """The posts that many share and like now, and that moderators let trend; those in the viewer's languages first."""
    settings = await site.get(call.ctx)
    limit, offset = _part(form, MOST_POSTS)
    if not settings.trends or offset > FARTHEST:
        return listed([])
    languages = (None if call.bearer is None else call.bearer.chosen_languages) or ()
    async with call.ctx.db.reading() as db:
        found = await discovery.trending_posts(
            db, call.viewer, languages, by_default=settings.trendable_by_default, limit=limit, offset=offset
        )
        call.link_offset(limit, offset, len(found))
        return listed(await render_statuses(call.ctx, db, call.viewer, found))


@route("GET", "/api/v1/trends/links", auth="optional", cache=SHORT)
async def links(call: Call, form: TrendsForm) -> list[TrendsLink]:
    """The pages that more people link to than yesterday, that moderators let trend, and that have a preview."""
    settings = await site.get(call.ctx)
    limit, offset = _part(form, MOST)
    if not settings.trends or offset > FARTHEST:
        return []
    async with call.ctx.db.reading() as db:
        found = await discovery.trending_links(db, by_default=settings.trendable_by_default, limit=limit, offset=offset)
        call.link_offset(limit, offset, len(found))
        return await render_links(call.ctx, db, found)


def _part(form: TrendsForm | PostsForm, most: int) -> tuple[int, int]:
    return min(abs(form.limit), most), max(0, form.offset)
