"""A collection of accounts, for everybody."""

from marula.base.kernel import ids
from marula.base.kernel.errors import NotFound
from marula.base.kernel.ids import AccountId, CollectionId
from marula.domain import collections
from marula.faces.pages.page import Answer, Shown, Visit, page
from marula.faces.pages.rendering import entity
from marula.views.account import accounts


@page("GET", "/collections/{collection}")
async def collection(visit: Visit) -> Answer:
    """`/collections/ID`. Raises NotFound also when this visitor may not know that it exists."""
    identifier = ids.parse(CollectionId, visit.path["collection"])
    if identifier is None:
        raise NotFound
    ctx = visit.ctx
    async with ctx.db.reading() as db:
        found = await collections.visible(db, visit.viewer, identifier)
        items = (await collections.shown_items(db, visit.viewer, [identifier])).get(identifier, [])
        held: list[AccountId] = [item.account_id for item in items]
        [owner] = [entity(one.data) for one in await accounts(ctx, db, [found.account_id])]
        people = [entity(one.data) for one in await accounts(ctx, db, held)]
    values = {"collection": found, "owner": owner, "people": people}
    return Shown(template="collection.html", title=found.name, values=values)
