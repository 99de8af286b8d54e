"""A person's page, for everybody."""

from marula.base.kernel import ids
from marula.base.kernel.errors import NotFound
from marula.base.kernel.ids import AccountId, PostId
from marula.base.kernel.paging import Page
from marula.base.text import parse_handle
from marula.domain import accounts, actors, interactions, timelines
from marula.domain.accounts import Account
from marula.domain.context import Context
from marula.domain.timelines import ProfileFilter
from marula.faces.pages import feeds
from marula.faces.pages.page import Answer, Headers, Sent, Shown, Visit, page
from marula.faces.pages.rendering import entity
from marula.views.account import account as render_account
from marula.views.status import statuses

LENGTH = 20


@page("GET", "/{handle}", app=True)
async def profile(visit: Visit) -> Answer:
    """`/@name`: the profile with its pinned and latest posts. Raises NotFound for any other word."""
    ctx = visit.ctx
    handle, kind = feeds.split(visit.path["handle"])
    if kind is not None:
        return await _feed(visit, handle, kind)
    found = await person_of(visit)
    below = ids.parse(PostId, visit.text("max_id")) if visit.text("max_id") else None
    window = Page(limit=LENGTH, max_id=below)
    async with ctx.db.reading() as db:
        person = entity((await render_account(ctx, db, found.id)).data)
        hidden = found.suspended_at is not None
        written = (
            []
            if hidden
            else await timelines.profile(db, found.id, visit.viewer, ProfileFilter(exclude_replies=True), window)
        )
        pinned = [] if hidden or below else [mark.post_id for mark in await interactions.pinned(db, found.id, Page())]
        values = {
            "account": person,
            "pinned": [entity(one.data) for one in await statuses(ctx, db, visit.viewer, pinned, listed=False)],
            "statuses": [entity(one.data) for one in await statuses(ctx, db, visit.viewer, written, listed=False)],
            "pages": {
                "newer": f"/@{found.username}" if below else None,
                "older": f"/@{found.username}?max_id={written[-1]}" if len(written) == LENGTH else None,
            },
        }
    visit.headers += _alternates(ctx, found)
    return Shown(template="profile.html", title=person["display_name"] or found.username, values=values)


async def _feed(visit: Visit, handle: str, kind: str) -> Answer:
    found = await person_of(visit, handle)
    if found.suspended_at is not None:
        raise NotFound
    wanted = ProfileFilter(exclude_replies=True, exclude_reblogs=True)
    async with visit.ctx.db.reading() as db:
        written = await timelines.profile(db, found.id, None, wanted, Page(limit=feeds.LENGTH))
        person = entity((await render_account(visit.ctx, db, found.id)).data)
    about = feeds.Feed(
        title=found.display_name or found.username,
        about=f"Public posts of @{found.username}@{visit.ctx.config.local_domain}",
        page=f"{visit.ctx.config.web_url}/@{found.username}",
        picture=person["avatar_static"],
    )
    return await feeds.feed(visit, kind, about, written)


def _alternates(ctx: Context, person: Account) -> Headers:
    """Where machines find the same person. Spec: RFC 8288; Mastodon documentation, spec/webfinger"""
    finger = f"{ctx.config.web_url}/.well-known/webfinger?resource=acct:{person.username}@{ctx.config.local_domain}"
    actor = actors.actor_uri(ctx.config, person.id)
    return [
        (b"link", f'<{finger}>; rel="lrdd"; type="application/jrd+json"'.encode()),
        (b"link", f'<{actor}>; rel="alternate"; type="application/activity+json"'.encode()),
    ]


@page("GET", "/users/{name}")
async def by_name(visit: Visit) -> Answer:
    """An address of this form leads people to the profile."""
    return Sent(f"/@{visit.path['name']}")


@page("GET", "/ap/users/{account}")
async def by_actor(visit: Visit) -> Answer:
    """So does the id of the actor."""
    return Sent(f"/@{(await person_of_id(visit)).username}")


async def person_of_id(visit: Visit) -> Account:
    """The local account whose id stands in the path. Raises NotFound."""
    identifier = ids.parse(AccountId, visit.path["account"])
    async with visit.ctx.db.reading() as db:
        found = None if identifier is None else await accounts.by_id(db, identifier)
    if found is None or not found.local:
        raise NotFound
    return found


async def person_of(visit: Visit, handle: str | None = None) -> Account:
    """The local account with a handle, unless said that in the path. Raises NotFound."""
    handle = handle or visit.path["handle"]
    parsed = parse_handle(handle) if handle.startswith("@") else None
    if parsed is None or parsed[1] not in (None, visit.ctx.config.local_domain, visit.ctx.config.web_domain):
        raise NotFound
    async with visit.ctx.db.reading() as db:
        found = await accounts.by_handle(db, parsed[0], None)
    if found is None:
        raise NotFound
    return found
