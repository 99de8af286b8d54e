"""Collections of accounts as a viewer sees them.

Spec: Mastodon documentation, entities/Collection and entities/CollectionItem
"""

from collections.abc import Sequence
from typing import Literal

from marula.base.db import Connection
from marula.base.kernel.errors import NotFound
from marula.base.kernel.ids import AccountId, CollectionId
from marula.domain import actors, collections
from marula.domain.collections import Collection as Known
from marula.domain.collections import Item, State
from marula.domain.context import Context
from marula.entities import Account, Collection, CollectionItem, CollectionWithAccounts, ShallowTag, rendered
from marula.entities.scalars import datetime_text
from marula.views.account import accounts as render_accounts


async def collections_by_id(
    ctx: Context, db: Connection, viewer: AccountId | None, ids: Sequence[CollectionId]
) -> dict[CollectionId, Collection]:
    """Those of these collections that the viewer may know of, by id.

    Costs: two statements, whatever the number; none without ids.
    """
    known = await collections.seen(db, viewer, ids) if ids else {}
    if not known:
        return {}
    items = await collections.shown_items(db, viewer, list(known))
    return {identifier: _entity(ctx, one, items.get(identifier, ())) for identifier, one in known.items()}


async def collection(ctx: Context, db: Connection, viewer: AccountId | None, identifier: CollectionId) -> Collection:
    """One collection. Raises NotFound also when the viewer may not know of it."""
    found = await collections_by_id(ctx, db, viewer, [identifier])
    if identifier not in found:
        raise NotFound
    return found[identifier]


async def with_accounts(
    ctx: Context, db: Connection, viewer: AccountId | None, identifier: CollectionId
) -> CollectionWithAccounts:
    """One collection with its owner and the accounts in it. Raises NotFound."""
    shown = await collection(ctx, db, viewer, identifier)
    held = [AccountId(int(item.account_id)) for item in shown.items if isinstance(item.account_id, str)]
    people = await render_accounts(ctx, db, list(dict.fromkeys([AccountId(int(shown.account_id)), *held])))
    return CollectionWithAccounts(collection=shown, accounts=[rendered(Account, one.data) for one in people])


def item_entity(item: Item) -> CollectionItem:
    """An item in the shape of the API."""
    state: Literal["pending", "accepted"] = "accepted" if item.state is State.ACCEPTED else "pending"
    return CollectionItem(
        id=str(item.id), account_id=str(item.account_id), state=state, created_at=datetime_text(item.created_at)
    )


def _entity(ctx: Context, one: Known, items: Sequence[Item]) -> Collection:
    web = ctx.config.web_url
    local = one.uri is None
    return Collection(
        id=str(one.id),
        account_id=str(one.account_id),
        uri=one.uri or f"{actors.actor_uri(ctx.config, one.account_id)}/featured_collections/{one.id}",
        url=f"{web}/collections/{one.id}" if local else one.url,
        name=one.name,
        description=one.description,
        language=one.language,
        local=local,
        sensitive=one.sensitive,
        discoverable=one.discoverable,
        tag=None
        if one.tag_name is None
        else ShallowTag(name=one.tag_display or one.tag_name, url=f"{web}/tags/{one.tag_name}"),
        item_count=len(items),
        items=[item_entity(item) for item in items],
        created_at=datetime_text(one.created_at),
        updated_at=datetime_text(one.updated_at),
    )
