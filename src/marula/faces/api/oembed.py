"""Posts inside other sites.

Spec: Mastodon documentation, methods/oembed
"""

from marula.entities import OEmbed
from marula.faces.api.call import Call
from marula.faces.api.route import route
from marula.faces.http.forms import Form
from marula.views import oembed as views


class OEmbedForm(Form, frozen=True, kw_only=True):
    """The address of a post, and how large its frame may be."""

    url: str = ""
    maxwidth: int = 400
    maxheight: int | None = None


@route("GET", "/api/oembed", auth="none", cache="public, max-age=300")
async def show(call: Call, form: OEmbedForm) -> OEmbed:
    """How to show a public post of this server inside another site."""
    async with call.ctx.db.reading() as db:
        return await views.oembed(call.ctx, db, form.url, width=form.maxwidth, height=form.maxheight)
