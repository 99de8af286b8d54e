"""The SQL of collections."""

from collections.abc import Sequence

from marula.base.db import Connection, Row, Tx
from marula.base.kernel.ids import AccountId, CollectionId, CollectionItemId, TagId
from marula.domain.collections.types import Collection, Draft, Item, Standing, State

_SELECT = """
    select c.id, c.account_id, c.uri, c.url, c.name, c.description, c.language, t.name as tag_name,
           t.display_name as tag_display, c.sensitive, c.discoverable, c.created_at, c.updated_at
    from collections c left join tags t on t.id = c.tag_id
"""
_SEEN = """
    not exists (select from accounts o where o.id = c.account_id and o.suspended_at is not null)
    and ($2::bigint is null or not exists (
        select from blocks b where b.account_id = c.account_id and b.target_id = $2))
"""
"""What a viewer $2 may know of: nothing of suspended owners, nor of owners who block them."""


async def insert(tx: Tx, owner: AccountId, draft: Draft, tag: TagId | None) -> CollectionId:
    """Write a collection."""
    return await tx.value(
        """
        insert into collections (account_id, name, description, language, tag_id, sensitive, discoverable,
                                 created_at, updated_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $8) returning id
        """,
        owner,
        *_values(draft, tag),
        tx.now,
    )


async def revise(tx: Tx, collection: CollectionId, draft: Draft, tag: TagId | None) -> bool:
    """Write all that a collection says of itself. Says whether anything is different now."""
    touched = await tx.run(
        """
        update collections
        set name = $2, description = $3, language = $4, tag_id = $5, sensitive = $6, discoverable = $7, updated_at = $8
        where id = $1 and (name, description, language, tag_id, sensitive, discoverable)
              is distinct from ($2, $3, $4, $5, $6, $7)
        """,
        collection,
        *_values(draft, tag),
        tx.now,
    )
    return touched == 1


def _values(draft: Draft, tag: TagId | None) -> tuple[object, ...]:
    return draft.name, draft.description, draft.language, tag, draft.sensitive, draft.discoverable


async def delete(tx: Tx, collection: CollectionId) -> None:
    """Remove a collection with its items."""
    await tx.run("delete from collections where id = $1", collection)


async def hold(tx: Tx, collection: CollectionId) -> bool:
    """Keep others from changing a collection until the transaction ends. Says whether it is there."""
    return await tx.value("select true from collections where id = $1 for no key update", collection) is True


async def by_id(db: Connection, collection: CollectionId) -> Collection | None:
    """A collection, whoever asks."""
    row = await db.one(f"{_SELECT} where c.id = $1", collection)
    return None if row is None else Collection(**dict(row))


async def seen(db: Connection, viewer: AccountId | None, ids: Sequence[CollectionId]) -> dict[CollectionId, Collection]:
    """Those of these collections that the viewer may know of, by id. Costs: one statement."""
    rows = await db.all(f"{_SELECT} where c.id = any($1::bigint[]) and {_SEEN}", ids, viewer)
    return {row["id"]: Collection(**dict(row)) for row in rows}


async def count(db: Connection, owner: AccountId) -> int:
    """How many collections somebody has."""
    return await db.value("select count(*) from collections where account_id = $1", owner)


async def owned(
    db: Connection, owner: AccountId, viewer: AccountId | None, *, limit: int, offset: int
) -> list[CollectionId]:
    """The collections of an account, newest first; those it does not show on its profile only for itself."""
    rows = await db.all(
        f"""
        select c.id from collections c
        where c.account_id = $1 and (c.discoverable or c.account_id = $2) and {_SEEN}
        order by c.id desc limit $3 offset $4
        """,
        owner,
        viewer,
        limit,
        offset,
    )
    return [row["id"] for row in rows]


async def featuring(db: Connection, account: AccountId, *, limit: int, offset: int) -> list[CollectionId]:
    """The collections that an account is in, and may know of, those it joined last first."""
    rows = await db.all(
        f"""
        select c.id from collection_items i join collections c on c.id = i.collection_id
        where i.account_id = $1 and i.state in (0, 1) and {_SEEN}
        order by i.id desc limit $3 offset $4
        """,
        account,
        account,
        limit,
        offset,
    )
    return [row["id"] for row in rows]


async def standings(db: Connection, owner: AccountId, ids: Sequence[AccountId]) -> dict[AccountId, Standing]:
    """What stands between an owner and these accounts, by id; without those that do not exist."""
    rows = await db.all(
        """
        select a.id as account_id,
               a.domain is null and a.suspended_at is null and coalesce(a.discoverable, false) as consents,
               exists (select from blocks b where b.account_id = a.id and b.target_id = $1)
               or exists (select from blocks b where b.account_id = $1 and b.target_id = a.id) as blocked
        from accounts a where a.id = any($2::bigint[])
        """,
        owner,
        ids,
    )
    return {row["account_id"]: Standing(**dict(row)) for row in rows}


async def add(
    tx: Tx, collection: CollectionId, accounts: Sequence[AccountId], state: State
) -> list[tuple[CollectionItemId, AccountId]]:
    """Put accounts into a collection, in this order."""
    rows = await tx.all(
        """
        insert into collection_items (collection_id, account_id, state, created_at)
        select $1, id, $3, $4 from unnest($2::bigint[]) with ordinality as wanted (id, place) order by place
        returning id, account_id
        """,
        collection,
        accounts,
        state,
        tx.now,
    )
    return [(row["id"], row["account_id"]) for row in rows]


async def items(db: Connection, collections: Sequence[CollectionId]) -> list[Item]:
    """All items of these collections, in the order in which they were added."""
    rows = await db.all(
        """
        select id, collection_id, account_id, state, created_at from collection_items
        where collection_id = any($1::bigint[]) order by collection_id, id
        """,
        collections,
    )
    return [_item(row) for row in rows]


async def shown_items(
    db: Connection, viewer: AccountId | None, collections: Sequence[CollectionId]
) -> dict[CollectionId, list[Item]]:
    """The items that the viewer may see, by collection, in the order in which they were added.

    Those who wait are seen by the owner only; nobody sees those who are suspended, nor those they block.
    Costs: one statement.
    """
    rows = await db.all(
        """
        select i.id, i.collection_id, i.account_id, i.state, i.created_at
        from collection_items i join collections c on c.id = i.collection_id join accounts a on a.id = i.account_id
        where i.collection_id = any($1::bigint[]) and (i.state = 1 or i.state = 0 and c.account_id = $2)
          and a.suspended_at is null
          and not exists (select from blocks b where b.account_id = $2 and b.target_id = i.account_id)
        order by i.collection_id, i.id
        """,
        collections,
        viewer,
    )
    found: dict[CollectionId, list[Item]] = {}
    for row in rows:
        found.setdefault(row["collection_id"], []).append(_item(row))
    return found


async def item(db: Connection, collection: CollectionId, identifier: CollectionItemId) -> Item | None:
    """An item of a collection."""
    row = await db.one(
        "select id, collection_id, account_id, state, created_at from collection_items where id = $2 "
        "and collection_id = $1",
        collection,
        identifier,
    )
    return None if row is None else _item(row)


async def collections_of_items(db: Connection, ids: Sequence[int]) -> dict[int, CollectionId]:
    """The collection of each of these items, by item."""
    rows = await db.all("select id, collection_id from collection_items where id = any($1::bigint[])", ids)
    return {row["id"]: row["collection_id"] for row in rows}


async def remove(tx: Tx, identifier: CollectionItemId) -> bool:
    """Remove an item. Says whether it was there."""
    return await tx.run("delete from collection_items where id = $1", identifier) == 1


async def revoke(tx: Tx, identifier: CollectionItemId) -> bool:
    """Keep an item as one whose account left. Says whether it is news."""
    return await tx.run("update collection_items set state = 3 where id = $1 and state in (0, 1)", identifier) == 1


async def between(db: Connection, one: AccountId, other: AccountId) -> list[Item]:
    """The items by which either of two accounts features the other."""
    rows = await db.all(
        """
        select i.id, i.collection_id, i.account_id, i.state, i.created_at
        from collection_items i join collections c on c.id = i.collection_id
        where (i.account_id, c.account_id) in (($1, $2), ($2, $1)) and i.state in (0, 1)
        """,
        one,
        other,
    )
    return [_item(row) for row in rows]


def _item(row: Row) -> Item:
    values = dict(row)
    values["state"] = State(row["state"])
    return Item(**values)
