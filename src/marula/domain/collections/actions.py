"""The writes of collections."""

from collections.abc import Sequence

from marula.base.db import Tx
from marula.base.events import record
from marula.base.kernel.errors import Forbidden, NotFound
from marula.base.kernel.ids import AccountId, CollectionId, CollectionItemId, TagId
from marula.domain import accounts, tags
from marula.domain.collections import rules, store
from marula.domain.collections.events import (
    AccountFeatured,
    AccountNoLongerFeatured,
    CollectionCreated,
    CollectionDeleted,
    CollectionRevised,
)
from marula.domain.collections.types import Asked, Collection, Draft, Item, State


async def create(
    tx: Tx, owner: AccountId, asked: Asked, featured: Sequence[AccountId] = (), *, limit: int
) -> CollectionId:
    """Begin a collection, with accounts in it.

    Takes: `limit`, how many the owner's role allows (`allowance`).
    Records: CollectionCreated, AccountFeatured for each account.
    Raises: Invalid; NotFound for an account that does not exist; Forbidden for one that does not want it.
    """
    draft = rules.drafted(asked)
    wanted = list(dict.fromkeys(featured))
    rules.check_room((), len(wanted))
    await accounts.locked(tx, owner)
    rules.check_count(await store.count(tx, owner), limit)
    made = await store.insert(tx, owner, draft, await _tag(tx, draft))
    await record(tx, CollectionCreated(collection_id=made, account_id=owner))
    if wanted:
        await _check_consents(tx, owner, wanted)
        await _add(tx, made, owner, wanted)
    return made


async def revise(tx: Tx, owner: AccountId, collection: CollectionId, asked: Asked) -> None:
    """Change what a collection says of itself.

    Records: CollectionRevised when anything is different. Raises: NotFound, Forbidden, Invalid.
    """
    before = await _own(tx, owner, collection)
    draft = rules.drafted(asked, before)
    if await store.revise(tx, collection, draft, await _tag(tx, draft)):
        await record(tx, CollectionRevised(collection_id=collection, account_id=owner))


async def delete(tx: Tx, owner: AccountId, collection: CollectionId) -> None:
    """Remove a collection. Records: CollectionDeleted. Raises: NotFound, Forbidden."""
    await _own(tx, owner, collection)
    items = await store.items(tx, [collection])
    await store.delete(tx, collection)
    pairs = tuple((item.id, item.account_id) for item in items)
    await record(tx, CollectionDeleted(collection_id=collection, account_id=owner, items=pairs))


async def feature(tx: Tx, owner: AccountId, collection: CollectionId, account: AccountId) -> Item:
    """Put an account into a collection. Those of this server who want to be discovered agree beforehand.

    Records: AccountFeatured.
    Raises: NotFound; Forbidden when it is not one's own or the account does not want it; Invalid.
    """
    await _own(tx, owner, collection)
    items = await store.items(tx, [collection])
    standing = (await store.standings(tx, owner, [account])).get(account)
    if standing is None:
        raise NotFound
    rules.check_consent(standing)
    rules.check_new(items, standing)
    rules.check_room(items)
    [identifier] = await _add(tx, collection, owner, [account])
    return Item(id=identifier, collection_id=collection, account_id=account, state=State.ACCEPTED, created_at=tx.now)


async def unfeature(tx: Tx, owner: AccountId, collection: CollectionId, item: CollectionItemId) -> None:
    """Take an account out of a collection. Records: AccountNoLongerFeatured. Raises: NotFound, Forbidden."""
    await _own(tx, owner, collection)
    found = await _item(tx, collection, item)
    if await store.remove(tx, item):
        await _ended(tx, found, owner, revoked=False)


async def leave(tx: Tx, who: AccountId, collection: CollectionId, item: CollectionItemId) -> None:
    """Be in a collection no longer; its owner cannot add one again.

    Records: AccountNoLongerFeatured, once. Raises: NotFound; Forbidden when the item is somebody else's.
    """
    known = await store.by_id(tx, collection)
    if known is None:
        raise NotFound
    found = await _item(tx, collection, item)
    if found.account_id != who:
        raise Forbidden
    await revoke(tx, found, known.account_id)


async def revoke(tx: Tx, item: Item, owner: AccountId) -> None:
    """Keep an item as one whose account left. Records: AccountNoLongerFeatured, once."""
    if await store.revoke(tx, item.id):
        await _ended(tx, item, owner, revoked=True)


async def _own(tx: Tx, owner: AccountId, collection: CollectionId) -> Collection:
    await store.hold(tx, collection)
    found = await store.by_id(tx, collection)
    if found is None:
        raise NotFound
    if found.account_id != owner:
        raise Forbidden
    return found


async def _item(tx: Tx, collection: CollectionId, item: CollectionItemId) -> Item:
    found = await store.item(tx, collection, item)
    if found is None:
        raise NotFound
    return found


async def _tag(tx: Tx, draft: Draft) -> TagId | None:
    return None if draft.tag is None else (await tags.ensure(tx, [draft.tag]))[draft.tag[0]]


async def _check_consents(tx: Tx, owner: AccountId, wanted: Sequence[AccountId]) -> None:
    known = await store.standings(tx, owner, wanted)
    for account in wanted:
        if account not in known:
            raise NotFound
        rules.check_consent(known[account])


async def _add(
    tx: Tx, collection: CollectionId, owner: AccountId, wanted: Sequence[AccountId]
) -> list[CollectionItemId]:
    added = await store.add(tx, collection, wanted, State.ACCEPTED)
    for item, account in added:
        fact = AccountFeatured(item_id=item, collection_id=collection, account_id=account, owner_id=owner)
        await record(tx, fact)
    return [item for item, _ in added]


async def _ended(tx: Tx, item: Item, owner: AccountId, *, revoked: bool) -> None:
    await record(
        tx,
        AccountNoLongerFeatured(
            item_id=item.id,
            collection_id=item.collection_id,
            account_id=item.account_id,
            owner_id=owner,
            revoked=revoked,
        ),
    )
