"""Search.

Spec: Mastodon documentation, methods/search
"""

from typing import Literal

from marula.base.db import Connection
from marula.base.kernel import ids
from marula.base.kernel.ids import AccountId, PostId
from marula.base.kernel.paging import Page
from marula.base.text import normalise_hashtag
from marula.domain import accounts, discovery, tags
from marula.entities import Account, Search, Status, Tag, rendered
from marula.faces.api.access import Unauthorised
from marula.faces.api.call import Call
from marula.faces.api.route import route
from marula.faces.http.forms import Form
from marula.faces.http.request import BadRequest
from marula.views.account import accounts as render_accounts
from marula.views.status import statuses
from marula.views.tag import tags as render_tags

PAGING_NEEDS_USER = Unauthorised(401, "Search queries pagination is not supported without authentication")
RESOLVING_NEEDS_USER = Unauthorised(
    401, "Search queries that resolve remote resources are not supported without authentication"
)


class SearchForm(Form, frozen=True, kw_only=True):
    """What to look for."""

    q: str = ""
    type: Literal["accounts", "hashtags", "statuses", "collections"] | None = None
    resolve: bool = False
    following: bool = False
    account_id: AccountId | None = None
    max_id: PostId | None = None
    min_id: PostId | None = None
    limit: int = 20
    offset: int = 0


@route("GET", "/api/v2/search", auth="optional", scopes=("read", "read:search"))
async def search(call: Call, form: SearchForm) -> Search:
    """Accounts by handle or name, hashtags by their beginning, and an account or post of this server by its address."""
    words = form.q.strip()
    if not words:
        raise BadRequest("param is missing or the value is empty or invalid: q")
    if form.limit < 0 or form.offset < 0:
        raise BadRequest("Pagination values for `offset` and `limit` must be positive")
    if call.viewer is None and form.offset:
        raise PAGING_NEEDS_USER
    if call.viewer is None and form.resolve:
        raise RESOLVING_NEEDS_USER
    limit, offset = min(form.limit, 40), form.offset if form.type is not None else 0
    async with call.ctx.db.reading() as db:
        found: list[AccountId] = []
        posts: list[PostId] = []
        address = _of_address(call, words)
        if address is not None:
            name, post = address
            account = await accounts.by_handle(db, name, None)
            found = [account.id] if account is not None and post is None else []
            posts = [] if post is None else [post]
        if address is None and call.viewer is not None and form.type in (None, "statuses"):
            page = Page(limit=limit, max_id=form.max_id, min_id=form.min_id)
            posts = await discovery.find_posts(
                call.ctx, db, call.viewer, words, page, offset=offset, author=form.account_id
            )
        if address is None and form.type in (None, "accounts"):
            found = await accounts.search(
                call.ctx, db, words, viewer=call.viewer, following=form.following, limit=limit, offset=offset
            )
        return Search(
            accounts=await _accounts(call, db, found) if form.type in (None, "accounts") else [],
            statuses=await _statuses(call, db, posts, listed=address is None)
            if form.type in (None, "statuses")
            else [],
            hashtags=await _hashtags(call, db, words, limit, offset) if form.type in (None, "hashtags") else [],
            collections=[],
        )


def _of_address(call: Call, words: str) -> tuple[str, PostId | None] | None:
    """The name and, for a post, the id in an address of this server: /@name, /@name/ID, /users/name/statuses/ID."""
    home = f"{call.ctx.config.web_url}/"
    if not words.startswith(home):
        return None
    match words.removeprefix(home).rstrip("/").split("/"):
        case [handle] if handle.startswith("@"):
            return handle[1:], None
        case [handle, number] if handle.startswith("@"):
            return handle[1:], ids.parse(PostId, number)
        case ["users", name]:
            return name, None
        case ["users", name, "statuses", number]:
            return name, ids.parse(PostId, number)
        case _:
            return None


async def _accounts(call: Call, db: Connection, found: list[AccountId]) -> list[Account]:
    return [rendered(Account, one.data) for one in await render_accounts(call.ctx, db, found)]


async def _statuses(call: Call, db: Connection, found: list[PostId], *, listed: bool) -> list[Status]:
    return [rendered(Status, one.data) for one in await statuses(call.ctx, db, call.viewer, found, listed=listed)]


async def _hashtags(call: Call, db: Connection, words: str, limit: int, offset: int) -> list[Tag]:
    known = await tags.starting(db, normalise_hashtag(words.lstrip("#")), limit=limit, offset=offset)
    return await render_tags(call.ctx, db, call.viewer, known)
