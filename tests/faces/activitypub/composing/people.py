"""Two people of this server with programs, others elsewhere, and what is owed to whom."""

from typing import Any

import msgspec

from marula.base.kernel.ids import AccountId
from marula.domain import actors
from marula.domain.accounts import ProfileDraft
from marula.domain.actors import Addresses, Known
from tests.world import World

Document = dict[str, Any]


async def learn(world: World, name: str, domain: str, *, shared: bool = True, kind: Any = "Person") -> AccountId:
    """Somebody of another server, as their document said."""
    uri = f"https://{domain}/users/{name}"
    known = Known(
        uri=uri,
        username=name,
        domain=domain,
        actor_type=kind,
        created_at=None,
        profile=ProfileDraft(display_name=name.title(), url=f"https://{domain}/@{name}"),
        addresses=Addresses(
            inbox=f"{uri}/inbox",
            shared_inbox=f"https://{domain}/inbox" if shared else None,
            followers=f"{uri}/followers",
        ),
        keys=(),
    )
    async with world.ctx.db.transaction() as tx:
        return await actors.learn(tx, known)


async def owed(world: World, kind: str | None = None) -> list[tuple[Document, list[str]]]:
    """What is owed to other servers, oldest first: each activity with the inboxes it goes to."""
    rows = await world.rows(
        """
        select p.body, array(select inbox from deliveries d where d.parcel_id = p.id order by inbox) as inboxes
        from parcels p where $1::text is null or p.kind = $1 order by p.id
        """,
        kind,
    )
    return [(msgspec.json.decode(row["body"]), list(row["inboxes"])) for row in rows]
