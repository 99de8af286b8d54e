"""Collections of accounts that people recommend.

The paths of `v1_alpha` are those of clients that came before the first release.
Spec: Mastodon documentation, methods/collections
"""

from collections.abc import Sequence
from datetime import UTC, datetime

from msgspec import UNSET, UnsetType

from marula.base.db import Connection
from marula.base.kernel.errors import Forbidden, NotFound, Refused
from marula.base.kernel.ids import AccountId, CollectionId, CollectionItemId
from marula.base.kernel.paging import Page
from marula.domain import accounts, collections
from marula.domain.collections import Asked
from marula.entities import Collections, CollectionWithAccounts, WrappedCollection, WrappedCollectionItem
from marula.faces.api.call import Call
from marula.faces.api.route import route
from marula.faces.http.forms import Form
from marula.views import collection as views

READ = ("read", "read:collections")
WRITE = ("write", "write:collections")
CACHE = "public, max-age=15"

OF = "/api/v1/accounts/{account_id}"
ALL = "/api/v1/collections"
ONE = "/api/v1/collections/{id}"
ITEMS = "/api/v1/collections/{collection_id}/items"
EARLY = "/api/v1_alpha"
EARLY_ONE = f"{EARLY}/collections/{{id}}"
EARLY_ITEMS = f"{EARLY}/collections/{{collection_id}}/items"
REPLACED = datetime(2026, 6, 10, tzinfo=UTC)
"""Since Mastodon 4.6 the paths without `alpha` are to be called. Spec: endpoints.json, deprecation_header_date"""


class CollectionForm(Form, frozen=True, kw_only=True):
    """What a collection is to say; what is not sent stays."""

    name: str | UnsetType = UNSET
    description: str | UnsetType = UNSET
    language: str | UnsetType | None = UNSET
    tag_name: str | UnsetType | None = UNSET
    sensitive: bool | UnsetType = UNSET
    discoverable: bool | UnsetType = UNSET


class NewCollectionForm(CollectionForm, frozen=True, kw_only=True):
    """A collection and who is in it from the beginning."""

    account_ids: tuple[AccountId, ...] = ()


class ItemForm(Form, frozen=True, kw_only=True):
    """Whom to add."""

    account_id: AccountId | None = None


class OffsetForm(Form, frozen=True, kw_only=True):
    """Where a page begins."""

    offset: int = 0


@route("GET", f"{OF}/collections", auth="optional", scopes=READ, paging=(40, 100), cache=CACHE)
@route(
    "GET",
    f"{EARLY}/accounts/{{account_id}}/collections",
    auth="optional",
    scopes=READ,
    paging=(40, 100),
    cache=CACHE,
    deprecated=REPLACED,
)
async def index(call: Call, account_id: AccountId, page: Page, form: OffsetForm) -> Collections:
    """The collections of an account; those it does not show on its profile only for itself."""
    offset = max(0, form.offset)
    async with call.ctx.db.reading() as db:
        if await accounts.by_id(db, account_id) is None:
            raise NotFound
        ids = await collections.owned(db, account_id, call.viewer, limit=page.limit, offset=offset)
        return await _listed(call, db, ids, page.limit, offset)


@route("GET", f"{OF}/in_collections", scopes=READ, paging=(40, 80))
@route("GET", f"{EARLY}/accounts/{{account_id}}/in_collections", scopes=READ, paging=(40, 80))
async def in_collections(call: Call, account_id: AccountId, page: Page, form: OffsetForm) -> Collections:
    """The collections that one is in."""
    offset = max(0, form.offset)
    async with call.ctx.db.reading() as db:
        if await accounts.by_id(db, account_id) is None:
            raise NotFound
        if account_id != call.me:
            raise Forbidden
        ids = await collections.featuring(db, account_id, limit=page.limit, offset=offset)
        return await _listed(call, db, ids, page.limit, offset)


@route("POST", ALL, scopes=WRITE, nested=True)
@route("POST", f"{EARLY}/collections", scopes=WRITE, nested=True, deprecated=REPLACED)
async def create(call: Call, form: NewCollectionForm) -> WrappedCollection:
    """Begin a collection."""
    async with call.ctx.db.reading() as db:
        limit = await collections.allowance(call.ctx, db, call.me)
    async with call.ctx.db.transaction() as tx:
        made = await collections.create(tx, call.me, _asked(form), form.account_ids, limit=limit)
    return await _shown(call, made)


@route("GET", ONE, auth="optional", scopes=READ, cache=CACHE)
@route("GET", EARLY_ONE, auth="optional", scopes=READ, cache=CACHE, deprecated=REPLACED)
async def show(call: Call, id: CollectionId) -> CollectionWithAccounts:
    """A collection with the accounts in it."""
    async with call.ctx.db.reading() as db:
        return await views.with_accounts(call.ctx, db, call.viewer, id)


@route("PATCH", ONE, scopes=WRITE, nested=True)
@route("PUT", ONE, scopes=WRITE, nested=True)
@route("PUT", EARLY_ONE, scopes=WRITE, nested=True, deprecated=REPLACED)
async def update(call: Call, id: CollectionId, form: CollectionForm) -> WrappedCollection:
    """Change what a collection of one's own says."""
    async with call.ctx.db.transaction() as tx:
        await collections.revise(tx, call.me, id, _asked(form))
    return await _shown(call, id)


@route("DELETE", ONE, scopes=WRITE)
@route("DELETE", EARLY_ONE, scopes=WRITE, deprecated=REPLACED)
async def destroy(call: Call, id: CollectionId) -> None:
    """Remove a collection of one's own."""
    async with call.ctx.db.transaction() as tx:
        await collections.delete(tx, call.me, id)


@route("POST", ITEMS, scopes=WRITE, nested=True)
@route(
    "POST",
    EARLY_ITEMS,
    scopes=WRITE,
    nested=True,
    deprecated=REPLACED,
)
async def add(call: Call, collection_id: CollectionId, form: ItemForm) -> WrappedCollectionItem:
    """Put an account into a collection of one's own."""
    if form.account_id is None:
        raise Refused("`account_id` parameter is missing")
    async with call.ctx.db.transaction() as tx:
        item = await collections.feature(tx, call.me, collection_id, form.account_id)
    return WrappedCollectionItem(collection_item=views.item_entity(item))


@route("DELETE", f"{ITEMS}/{{id}}", scopes=WRITE)
@route("DELETE", f"{EARLY_ITEMS}/{{id}}", scopes=WRITE, deprecated=REPLACED)
async def remove(call: Call, collection_id: CollectionId, id: CollectionItemId) -> None:
    """Take an account out of a collection of one's own."""
    async with call.ctx.db.transaction() as tx:
        await collections.unfeature(tx, call.me, collection_id, id)


@route("POST", f"{ITEMS}/{{id}}/revoke", scopes=WRITE)
@route(
    "POST",
    f"{EARLY_ITEMS}/{{id}}/revoke",
    scopes=WRITE,
    deprecated=REPLACED,
)
async def revoke(call: Call, collection_id: CollectionId, id: CollectionItemId) -> None:
    """Be in somebody's collection no longer."""
    async with call.ctx.db.transaction() as tx:
        await collections.leave(tx, call.me, collection_id, id)


async def _listed(call: Call, db: Connection, ids: Sequence[CollectionId], limit: int, offset: int) -> Collections:
    call.link_offset(limit, offset, len(ids))
    found = await views.collections_by_id(call.ctx, db, call.viewer, ids)
    return Collections(collections=[found[one] for one in ids if one in found])


async def _shown(call: Call, id: CollectionId) -> WrappedCollection:
    async with call.ctx.db.reading() as db:
        return WrappedCollection(collection=await views.collection(call.ctx, db, call.me, id))


def _asked(form: CollectionForm) -> Asked:
    return Asked(
        name=form.name,
        description=form.description,
        language=form.language,
        tag_name=form.tag_name,
        sensitive=form.sensitive,
        discoverable=form.discoverable,
    )
