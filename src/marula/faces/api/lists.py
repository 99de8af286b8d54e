"""Lists of accounts.

Spec: Mastodon documentation, methods/lists
"""

from typing import Literal

from msgspec import UNSET, UnsetType

from marula.base.kernel.ids import AccountId, ListId
from marula.base.kernel.paging import Page
from marula.domain import lists
from marula.domain.lists import ListChanges
from marula.entities import Account, Empty, List
from marula.faces.api.call import Call
from marula.faces.api.route import route
from marula.faces.http.forms import Form
from marula.views import Rendered, listed
from marula.views.account import accounts
from marula.views.list import list_of_accounts

READ = ("read", "read:lists")
WRITE = ("write", "write:lists")


class CreateForm(Form, frozen=True, kw_only=True):
    """A list to be made."""

    title: str
    replies_policy: Literal["followed", "list", "none"] = "list"
    exclusive: bool = False


class UpdateForm(Form, frozen=True, kw_only=True):
    """What to change of a list; what is not sent stays."""

    title: str | UnsetType = UNSET
    replies_policy: Literal["followed", "list", "none"] | UnsetType = UNSET
    exclusive: bool | UnsetType = UNSET


class MembersForm(Form, frozen=True, kw_only=True):
    """Which accounts."""

    account_ids: tuple[AccountId, ...] = ()


@route("GET", "/api/v1/lists", scopes=READ)
async def index(call: Call) -> list[List]:
    """One's lists."""
    async with call.ctx.db.reading() as db:
        return [list_of_accounts(kept) for kept in await lists.of_owner(db, call.me)]


@route("POST", "/api/v1/lists", scopes=WRITE)
async def create(call: Call, form: CreateForm) -> List:
    """Make a list."""
    async with call.ctx.db.transaction() as tx:
        made = await lists.create(tx, call.me, form.title, replies_policy=form.replies_policy, exclusive=form.exclusive)
    return list_of_accounts(made)


@route("GET", "/api/v1/lists/{id}", scopes=READ)
async def show(call: Call, id: ListId) -> List:
    """One of one's lists."""
    async with call.ctx.db.reading() as db:
        return list_of_accounts(await lists.own(db, call.me, id))


@route("PUT", "/api/v1/lists/{id}", scopes=WRITE)
async def update(call: Call, id: ListId, form: UpdateForm) -> List:
    """Change a list."""
    changes = ListChanges(title=form.title, replies_policy=form.replies_policy, exclusive=form.exclusive)
    async with call.ctx.db.transaction() as tx:
        return list_of_accounts(await lists.revise(tx, call.me, id, changes))


@route("DELETE", "/api/v1/lists/{id}", scopes=WRITE)
async def delete(call: Call, id: ListId) -> Empty:
    """Remove a list. Its members are followed as before."""
    async with call.ctx.db.transaction() as tx:
        await lists.delete(tx, call.me, id)
    return Empty()


@route("GET", "/api/v1/lists/{id}/accounts", scopes=READ, paging=(40, 80), since_only=True)
async def show_accounts(call: Call, id: ListId, page: Page) -> Rendered[list[Account]]:
    """Who is on a list. A limit of 0 means everybody."""
    async with call.ctx.db.reading() as db:
        await lists.own(db, call.me, id)
        found = await lists.members(db, id, page)
        if page.limit:
            call.link(page, found, prev="since_id")
        return listed(await accounts(call.ctx, db, found))


@route("POST", "/api/v1/lists/{id}/accounts", scopes=WRITE)
async def add_accounts(call: Call, id: ListId, form: MembersForm) -> Empty:
    """Put accounts on a list: those one follows or asked to follow, and oneself."""
    async with call.ctx.db.transaction() as tx:
        await lists.add(tx, call.me, id, form.account_ids)
    return Empty()


@route("DELETE", "/api/v1/lists/{id}/accounts", scopes=WRITE)
async def remove_accounts(call: Call, id: ListId, form: MembersForm) -> Empty:
    """Take accounts off a list."""
    async with call.ctx.db.transaction() as tx:
        await lists.remove(tx, call.me, id, form.account_ids)
    return Empty()
