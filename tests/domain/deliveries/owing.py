"""What tests of deliveries owe, and a courier's view of it."""

from marula.base.kernel.ids import AccountId, PostId
from marula.domain import deliveries
from marula.domain.deliveries import Carried, Line, Owed, Parcel, State, Tried
from tests.world import World

ANN, BEN = AccountId(101), AccountId(102)
POST = "https://marula.example/ap/users/101/statuses/7"
BETA, GAMMA = "https://beta.example/inbox", "https://gamma.example/inbox"
WORKER = 7


def parcel(number: int = 1, *, kind: str = "Create", sender: AccountId = ANN, subject: str | None = None) -> Parcel:
    """Something to send. Those with the same number are the same."""
    return Parcel(
        sender=sender,
        uri=f"{POST}/activity/{number}",
        kind=kind,
        body=b'{"number":%d}' % number,
        subject=subject,
        post_id=PostId(7) if subject == POST else None,
    )


async def owe(world: World, what: Parcel, *inboxes: str) -> None:
    async with world.ctx.db.transaction() as tx:
        await deliveries.owe(tx, what, inboxes)


async def lease(
    world: World, *, most: int = 50, failing: int = 50, busy: dict[str, int] | None = None, per_host: int = 4
) -> list[tuple[Line, list[Owed]]]:
    """What a courier gets."""
    async with world.ctx.db.transaction() as tx:
        return await deliveries.lease(tx, WORKER, {False: most, True: failing}, busy or {}, per_host, 20)


async def conclude(world: World, *carried: Carried) -> None:
    async with world.ctx.db.transaction() as tx:
        await deliveries.conclude(tx, WORKER, carried)


def tried(owed: Owed, state: State = "delivered", why: str | None = None) -> Tried:
    reason, status = ("delivered", 202) if state == "delivered" else ("error", 500)
    return Tried(delivery=owed.id, state=state, reason=reason, status=status, why=why)


async def ledger(world: World) -> list[tuple[str, str]]:
    """Inbox and state of everything that was ever owed, in order."""
    return [(row["inbox"], row["state"]) for row in await world.rows("select inbox, state from deliveries order by id")]


async def lines(world: World) -> list[tuple[str, int]]:
    """Who owes something to whom."""
    rows = await world.rows("select host, sender from delivery_lines order by host, sender")
    return [(row["host"], row["sender"]) for row in rows]
