"""The hashtags on one's profile.

Spec: Mastodon documentation, methods/featured_tags
"""

from marula.base.kernel.ids import FeaturedTagId
from marula.domain import tags
from marula.entities import Empty, FeaturedTag, Tag
from marula.faces.api.call import Call
from marula.faces.api.route import route
from marula.faces.http.forms import Form
from marula.views.tag import featured_tag
from marula.views.tag import tags as render_tags

READ = ("read", "read:accounts")
WRITE = ("write", "write:accounts")
SUGGESTIONS = 10


class FeatureForm(Form, frozen=True, kw_only=True):
    """A hashtag, with or without the sign."""

    name: str


@route("GET", "/api/v1/featured_tags", scopes=READ)
async def index(call: Call) -> list[FeaturedTag]:
    """The hashtags on one's profile, the most used first."""
    async with call.ctx.db.reading() as db:
        return [featured_tag(call.ctx, one) for one in await tags.featured_by(db, call.me)]


@route("POST", "/api/v1/featured_tags", scopes=WRITE)
async def feature(call: Call, form: FeatureForm) -> FeaturedTag:
    """Show a hashtag on one's profile."""
    async with call.ctx.db.transaction() as tx:
        return featured_tag(call.ctx, await tags.feature(tx, call.me, *tags.rules.asked(form.name)))


@route("DELETE", "/api/v1/featured_tags/{id}", scopes=WRITE)
async def unfeature(call: Call, id: FeaturedTagId) -> Empty:
    """Take a hashtag off one's profile."""
    async with call.ctx.db.transaction() as tx:
        await tags.unfeature(tx, call.me, id)
    return Empty()


@route("GET", "/api/v1/featured_tags/suggestions", scopes=READ)
async def suggestions(call: Call) -> list[Tag]:
    """Hashtags that one used lately and does not feature, the most used first."""
    async with call.ctx.db.reading() as db:
        return await render_tags(call.ctx, db, call.viewer, await tags.recently_used(db, call.me, SUGGESTIONS))
