"""The posts with a hashtag, of everybody or of one person.

Spec: Mastodon documentation, entities/Tag (url), entities/FeaturedTag (url)
"""

from collections.abc import Sequence
from typing import Any

from marula.base.db import Connection
from marula.base.kernel import ids
from marula.base.kernel.errors import Forbidden, NotFound
from marula.base.kernel.ids import PostId
from marula.base.kernel.paging import Page
from marula.base.text import normalise_hashtag, valid_hashtag
from marula.domain import site, tags, timelines
from marula.domain.timelines import ProfileFilter, TagFilter
from marula.faces.pages import feeds
from marula.faces.pages.page import Answer, Shown, Visit, page
from marula.faces.pages.profile import person_of
from marula.faces.pages.rendering import entity
from marula.views.account import account as render_account
from marula.views.status import statuses

LENGTH = 20


@page("GET", "/tags/{name}", app=True)
async def of_everybody(visit: Visit) -> Answer:
    """The public posts with a hashtag, as far as the owner shows them to whoever looks."""
    asked, kind = feeds.split(visit.path["name"])
    name, settings = _named(asked), await site.get(visit.ctx)
    signed_in = visit.viewer is not None and kind is None
    local = site.feed_shown(settings.local_topic_feed_access, signed_in=signed_in)
    remote = site.feed_shown(settings.remote_topic_feed_access, signed_in=signed_in)
    if not local and not remote:
        raise Forbidden("Hashtags are shown here to those who have signed in.")
    wanted = TagFilter(any=(name,), local=not remote, remote=not local)
    async with visit.ctx.db.reading() as db:
        written = await timelines.tag(db, wanted, _window(visit))
        if kind is None:
            return await _shown(visit, db, name, written, f"/tags/{name}")
    address = f"{visit.ctx.config.web_url}/tags/{name}"
    about = feeds.Feed(title=f"#{name}", about=f"Public posts with #{name}", page=address)
    return await feeds.feed(visit, kind, about, written)


@page("GET", "/{handle}/tagged/{name}")
async def of_one(visit: Visit) -> Answer:
    """The posts of a person with a hashtag that everybody may see."""
    name, person = _named(visit.path["name"]), await person_of(visit)
    if person.suspended_at is not None:
        raise NotFound
    async with visit.ctx.db.reading() as db:
        written = await timelines.profile(db, person.id, visit.viewer, ProfileFilter(tagged=name), _window(visit))
        owner = entity((await render_account(visit.ctx, db, person.id)).data)
        return await _shown(visit, db, name, written, f"/@{person.username}/tagged/{name}", owner)


def _named(written: str) -> str:
    """The hashtag in an address. Raises NotFound when it can be none."""
    if not valid_hashtag(written):
        raise NotFound
    return normalise_hashtag(written)


def _window(visit: Visit) -> Page:
    return Page(limit=LENGTH, max_id=ids.parse(PostId, visit.text("max_id")) if visit.text("max_id") else None)


async def _shown(
    visit: Visit, db: Connection, name: str, written: Sequence[PostId], path: str, owner: Any = None
) -> Shown:
    known = await tags.by_name(db, name)
    title = f"#{name if known is None else known.display_name}"
    values = {
        "tag": title,
        "owner": owner,
        "address": f"{visit.ctx.config.web_url}{path}",
        "statuses": [entity(one.data) for one in await statuses(visit.ctx, db, visit.viewer, written)],
        "pages": {
            "newer": path if visit.text("max_id") else None,
            "older": f"{path}?max_id={written[-1]}" if len(written) == LENGTH else None,
        },
    }
    return Shown(template="tag.html", title=title, values=values)
