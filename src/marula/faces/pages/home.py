"""The start page of members whose browser runs no JavaScript: read, write, and find an app."""

from marula.base.kernel import ids
from marula.base.kernel.errors import Invalid
from marula.base.kernel.ids import PostId
from marula.base.kernel.paging import Page
from marula.domain import accounts, posts, timelines
from marula.domain.posts import Asked, Visibility
from marula.faces.pages.errors import by_field
from marula.faces.pages.page import Answer, Sent, Shown, Visit, page
from marula.faces.pages.rendering import entity
from marula.faces.pages.worries import worries
from marula.views.status import statuses

LENGTH = 20
SUGGESTED = 5000
VISIBILITIES = {one.word: one for one in Visibility if one is not Visibility.LIMITED}

APPS = (
    {"name": "Tusky", "runs_on": "Android", "url": "https://tusky.app"},
    {"name": "Ice Cubes", "runs_on": "iPhone, iPad and Mac", "url": "https://github.com/Dimillian/IceCubesApp"},
    {"name": "Tuba", "runs_on": "Linux", "url": "https://tuba.geopjr.dev"},
    {"name": "Phanpy", "runs_on": "any browser", "url": "https://phanpy.social"},
)


@page("GET", "/plain", members=True)
async def home(visit: Visit) -> Answer:
    """The home timeline and a form to write, in which `text` stands already."""
    suggested = visit.text("text")[:SUGGESTED]
    values = {"text": suggested, "visibility": await _usual_visibility(visit)} if suggested else {}
    return await _shown(visit, values, {})


@page("POST", "/plain", members=True)
async def write(visit: Visit) -> Answer:
    """Publish a post."""
    text, warning = visit.text("text").replace("\r\n", "\n"), visit.text("spoiler_text")
    word = visit.text("visibility") or await _usual_visibility(visit)
    kept = {"text": text, "spoiler_text": warning, "visibility": word}
    if word not in VISIBILITIES:
        kept["visibility"] = await _usual_visibility(visit)
        return await _shown(visit, kept, {"visibility": ["Choose who sees it."]})
    asked = Asked(
        text=text,
        spoiler_text=warning,
        visibility=VISIBILITIES[word],
        language=visit.member.preferences.default_language,
        sensitive=visit.member.preferences.default_sensitive,
    )
    try:
        await accounts.acquaint(visit.ctx, asked.text)
        async with visit.ctx.db.reading() as db:
            draft = await posts.draft(visit.ctx, db, visit.member.account_id, asked)
        async with visit.ctx.db.transaction() as tx:
            await posts.publish(tx, visit.member.account_id, draft)
    except Invalid as invalid:
        return await _shown(visit, kept, by_field(invalid))
    return Sent("/plain")


async def _shown(visit: Visit, values: dict[str, str], errors: dict[str, list[str]]) -> Shown:
    ctx, me = visit.ctx, visit.member.account_id
    below = ids.parse(PostId, visit.text("max_id")) if visit.text("max_id") else None
    window = Page(limit=LENGTH, max_id=below)
    async with ctx.db.reading() as db:
        state = await timelines.home_state(db, me)
    if state is None:
        async with ctx.db.transaction() as tx:
            await timelines.return_home(tx, me)
    async with ctx.db.reading() as db:
        entries = await timelines.home(db, me, window)
        shown = [entity(one.data) for one in await statuses(ctx, db, me, entries)]
    context = {
        "statuses": shown,
        "pages": {
            "newer": "/plain" if below else None,
            "older": f"/plain?max_id={entries[-1]}" if len(entries) == LENGTH else None,
        },
        "apps": APPS,
        "values": values or {"visibility": await _usual_visibility(visit)},
        "errors": errors,
        "worries": await worries(visit),
    }
    return Shown(template="home.html", title="Home", values=context, status=422 if errors else 200)


async def _usual_visibility(visit: Visit) -> str:
    """Who sees what this person writes, when they do not say."""
    wish = visit.member.preferences.default_privacy
    if wish is not None:
        return wish
    async with visit.ctx.db.reading() as db:
        account = await accounts.by_id(db, visit.member.account_id)
    return "private" if account is None or account.locked else "public"
