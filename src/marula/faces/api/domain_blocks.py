"""Servers that one hides.

Spec: Mastodon documentation, methods/domain_blocks
"""

from marula.base.kernel.paging import Page
from marula.domain import relationships
from marula.entities import DomainBlockPreview, Empty
from marula.faces.api.call import Call
from marula.faces.api.route import route
from marula.faces.http.forms import Form

READ = ("follow", "read", "read:blocks")
WRITE = ("follow", "write", "write:blocks")


class DomainForm(Form, frozen=True, kw_only=True):
    """The domain of a server."""

    domain: str


@route("GET", "/api/v1/domain_blocks", scopes=READ, paging=(100, 200), since_only=True)
async def index(call: Call, page: Page) -> list[str]:
    """The servers that one hides, the latest first."""
    async with call.ctx.db.reading() as db:
        found = await relationships.hidden_domains(db, call.me, page)
    call.link(page, [entry.cursor for entry in found], prev="since_id")
    return [entry.domain for entry in found]


@route("POST", "/api/v1/domain_blocks", scopes=WRITE)
async def create(call: Call, form: DomainForm) -> Empty:
    """Hide a server: see nothing of it, follow nobody there, be followed by nobody there."""
    async with call.ctx.db.transaction() as tx:
        await relationships.hide_domain(tx, call.me, form.domain)
    return Empty()


@route("DELETE", "/api/v1/domain_blocks", scopes=WRITE)
async def delete(call: Call, form: DomainForm) -> Empty:
    """Hide a server no longer. Follows that ended stay ended."""
    async with call.ctx.db.transaction() as tx:
        await relationships.unhide_domain(tx, call.me, form.domain)
    return Empty()


@route("GET", "/api/v1/domain_blocks/preview", scopes=WRITE)
async def preview(call: Call, form: DomainForm) -> DomainBlockPreview:
    """How many follows would end."""
    async with call.ctx.db.reading() as db:
        lost = await relationships.losses(db, call.me, relationships.rules.check_domain(form.domain))
    return DomainBlockPreview(following_count=lost.following, followers_count=lost.followers)
