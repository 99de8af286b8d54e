"""A post inside another site, as everybody sees it."""

from marula.base.kernel import ids
from marula.base.kernel.errors import NotFound
from marula.base.kernel.ids import PostId
from marula.domain import posts
from marula.faces.pages.page import Answer, Shown, Visit, page
from marula.faces.pages.profile import person_of
from marula.faces.pages.rendering import entity
from marula.views.status import status


@page("GET", "/{handle}/{post}/embed")
async def embed(visit: Visit) -> Answer:
    """`/@name/ID/embed`: the post alone, whoever looks. Raises NotFound unless it is for everybody."""
    author = await person_of(visit)
    identifier = ids.parse(PostId, visit.path["post"])
    if identifier is None:
        raise NotFound
    async with visit.ctx.db.reading() as db:
        found = await posts.readable(db, None, identifier)
        if found.account_id != author.id or found.reblog_of_id is not None:
            raise NotFound
        shown = await status(visit.ctx, db, None, identifier)
    title = f"A post by {author.display_name or author.username}"
    return Shown(template="embed.html", title=title, values={"status": entity(shown.data)}, framed=True)
