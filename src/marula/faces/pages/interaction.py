"""What other servers send people here for: to follow somebody, to look at a post with their own account, to write.

Spec: OStatus subscribe template, as federation practice keeps it; FEP-3b86 (activity intents)
"""

from datetime import timedelta
from urllib.parse import urlencode

from marula.base.kernel.errors import NotFound
from marula.base.text import parse_handle
from marula.domain import accounts, discovery, relationships
from marula.domain.context import Context
from marula.domain.discovery import Found
from marula.faces.http.limits import Limit
from marula.faces.pages.page import Answer, Sent, Shown, Visit, page
from marula.faces.pages.rendering import entity
from marula.views.account import account as render_account
from marula.views.status import status as render_status

PATH = "/authorize_interaction"
LOOKING = Limit("interaction_user", 60, timedelta(minutes=5))


@page("GET", PATH, members=True)
async def look(visit: Visit) -> Answer:
    """Whatever is behind `uri`: an address, a handle, or an `acct:` of either. Raises NotFound."""
    found = await _found(visit)
    ctx = visit.ctx
    async with ctx.db.reading() as db:
        if found.post_id is not None:
            seen = entity((await render_status(ctx, db, visit.viewer, found.post_id)).data)
            return Shown(template="interaction_post.html", title="A post", values={"status": seen})
        assert found.account_id is not None
        person = entity((await render_account(ctx, db, found.account_id)).data)
        [standing] = await relationships.relationships(db, visit.member.account_id, [found.account_id])
    state = "following" if standing.following else "requested" if standing.requested else "none"
    own = found.account_id == visit.member.account_id
    values = {"account": person, "state": "own" if own else state, "uri": visit.text("uri")}
    return Shown(template="interaction_account.html", title=f"Follow {person['acct']}", values=values)


@page("POST", PATH, members=True)
async def follow(visit: Visit) -> Answer:
    """Follow, or ask to. Raises NotFound, Forbidden."""
    found = await _found(visit)
    if found.account_id is None:
        raise NotFound
    async with visit.ctx.db.transaction() as tx:
        await relationships.follow(tx, visit.member.account_id, found.account_id)
    return await look(visit)


@page("GET", "/share", members=True)
async def share(visit: Visit) -> Answer:
    """Write something that another page suggests."""
    parts = [visit.text(name).strip() for name in ("title", "text", "url")]
    return Sent("/home?" + urlencode({"text": "\n\n".join(part for part in parts if part)}))


async def _found(visit: Visit) -> Found:
    """What is meant, here or elsewhere. Another server is asked at most so often for one person."""
    ctx, address = visit.ctx, visit.text("uri").strip().removeprefix("acct:")
    if not address:
        raise NotFound
    visit.count(LOOKING, str(visit.member.id))
    found = await _known(ctx, address)
    if not found.anything and await ctx.directory.fetch(address):
        found = await _known(ctx, address)
    if found.account_id is None and found.post_id is None:
        raise NotFound
    return found


async def _known(ctx: Context, address: str) -> Found:
    """What this server knows under an address or a handle."""
    async with ctx.db.reading() as db:
        if discovery.is_address(address):
            return await discovery.resolve_known(ctx, db, address)
        name, domain = parse_handle(address) or ("", None)
        here = domain in (ctx.config.local_domain, ctx.config.web_domain)
        person = await accounts.by_handle(db, name, None if here else domain)
    return Found(account_id=None if person is None else person.id)
