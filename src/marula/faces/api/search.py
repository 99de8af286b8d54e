"""Search.

Spec: Mastodon documentation, methods/search
"""

from typing import Literal

import msgspec

from marula.base.db import Connection
from marula.base.kernel.ids import AccountId, PostId
from marula.base.kernel.paging import Page
from marula.domain import accounts, discovery
from marula.entities import Account, Search, Status, Tag, rendered
from marula.faces.api.access import Unauthorised
from marula.faces.api.call import Call
from marula.faces.api.route import route
from marula.faces.http.forms import Form
from marula.faces.http.request import BadRequest
from marula.views.account import accounts as render_accounts
from marula.views.collection import collections_by_id
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
    exclude_unreviewed: bool = False
    account_id: AccountId | None = None
    max_id: PostId | None = None
    min_id: PostId | None = None
    limit: int = 20
    offset: int = 0


@route("GET", "/api/v2/search", auth="optional", scopes=("read", "read:search"))
async def search(call: Call, form: SearchForm) -> Search:
    """Accounts by handle or name, hashtags by their beginning, posts by their words; or what is behind an address.

    Posts are searched for people who are signed in. Collections are found by their address only.
    """
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
    wanted = _Wanted(words, form, limit, offset)
    found = await _find(call, wanted)
    if form.resolve and offset == 0 and not found.anything and await accounts.look_up(call.ctx, words):
        found = await _find(call, wanted)
    return found.results


class _Wanted(msgspec.Struct, frozen=True):
    """A search after its checks."""

    words: str
    form: SearchForm
    limit: int
    offset: int

    def includes(self, kind: str) -> bool:
        """Whether results of this kind are wanted."""
        return self.form.type in (None, kind)


class _Found(msgspec.Struct, frozen=True):
    """What was found. `anything`: somebody, or what an address stands for."""

    results: Search
    anything: bool


async def _find(call: Call, wanted: _Wanted) -> _Found:
    async with call.ctx.db.reading() as db:
        if discovery.is_address(wanted.words):
            found = await _by_address(call, db, wanted)
            if found.anything or wanted.form.resolve:
                return found
        people = await _people(call, db, wanted) if wanted.includes("accounts") else []
        posts = await _posts(call, db, wanted) if wanted.includes("statuses") else []
        tags = await _hashtags(call, db, wanted) if wanted.includes("hashtags") else []
        results = Search(
            accounts=await _accounts(call, db, people),
            statuses=await _statuses(call, db, posts, listed=True),
            hashtags=tags,
            collections=[],
        )
        return _Found(results, bool(people))


async def _by_address(call: Call, db: Connection, wanted: _Wanted) -> _Found:
    known = await discovery.resolve_known(call.ctx, db, wanted.words)
    person = [] if known.account_id is None or not wanted.includes("accounts") else [known.account_id]
    post = [] if known.post_id is None or not wanted.includes("statuses") else [known.post_id]
    collection = [] if known.collection_id is None or not wanted.includes("collections") else [known.collection_id]
    if wanted.offset > 0:
        person, post, collection = [], [], []
    results = Search(
        accounts=await _accounts(call, db, person),
        statuses=await _statuses(call, db, post, listed=False),
        hashtags=[],
        collections=[*(await collections_by_id(call.ctx, db, call.viewer, collection)).values()],
    )
    return _Found(results, known.anything)


async def _people(call: Call, db: Connection, wanted: _Wanted) -> list[AccountId]:
    return await discovery.find_people(
        call.ctx,
        db,
        wanted.words,
        viewer=call.viewer,
        following=wanted.form.following,
        limit=wanted.limit,
        offset=wanted.offset,
    )


async def _posts(call: Call, db: Connection, wanted: _Wanted) -> list[PostId]:
    if call.viewer is None:
        return []
    form = wanted.form
    page = Page(limit=wanted.limit, max_id=form.max_id, min_id=form.min_id)
    return await discovery.find_posts(
        call.ctx, db, call.viewer, wanted.words, page, offset=wanted.offset, author=form.account_id
    )


async def _hashtags(call: Call, db: Connection, wanted: _Wanted) -> list[Tag]:
    known = await discovery.find_hashtags(
        call.ctx,
        db,
        wanted.words,
        reviewed=wanted.form.exclude_unreviewed,
        limit=wanted.limit,
        offset=wanted.offset,
    )
    return await render_tags(call.ctx, db, call.viewer, known)


async def _accounts(call: Call, db: Connection, found: list[AccountId]) -> list[Account]:
    return [rendered(Account, one.data) for one in await render_accounts(call.ctx, db, found)]


async def _statuses(call: Call, db: Connection, found: list[PostId], *, listed: bool) -> list[Status]:
    return [rendered(Status, one.data) for one in await statuses(call.ctx, db, call.viewer, found, listed=listed)]
