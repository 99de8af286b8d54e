"""A post with its thread, for everybody who may see it."""

from marula.base.kernel import ids
from marula.base.kernel.errors import NotFound
from marula.base.kernel.ids import PostId
from marula.domain import actors, posts, timelines
from marula.faces.pages.page import Answer, Sent, Shown, Visit, page
from marula.faces.pages.profile import person_of, person_of_id
from marula.faces.pages.rendering import entity
from marula.views.status import thread

ABOVE, BELOW, DEPTH = 40, 60, 20


@page("GET", "/{handle}/{post}", app=True)
async def post(visit: Visit) -> Answer:
    """`/@name/ID`. Raises NotFound also when this visitor may not know that it exists."""
    author = await person_of(visit)
    identifier = ids.parse(PostId, visit.path["post"])
    if identifier is None:
        raise NotFound
    ctx = visit.ctx
    async with ctx.db.reading() as db:
        found = await posts.readable(db, visit.viewer, identifier)
        if found.account_id != author.id or found.reblog_of_id is not None:
            raise NotFound
        above, below = await timelines.thread(db, identifier, above=ABOVE, below=BELOW, depth=DEPTH)
        shown = await thread(ctx, db, visit.viewer, identifier, above, below)
    values = {
        "status": entity(shown.post.data),
        "ancestors": [entity(one.data) for one in shown.above],
        "descendants": [entity(one.data) for one in shown.below],
    }
    uri = actors.post_uri(ctx.config, author.id, identifier)
    visit.headers.append((b"link", f'<{uri}>; rel="alternate"; type="application/activity+json"'.encode()))
    return Shown(template="post.html", title=f"A post by {author.display_name or author.username}", values=values)


@page("GET", "/ap/users/{account}/statuses/{post}")
async def by_object(visit: Visit) -> Answer:
    """The address of the object leads people to the post."""
    author = await person_of_id(visit)
    return Sent(f"/@{author.username}/{visit.path['post']}")
