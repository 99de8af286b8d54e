"""`@federates`: a fact of ours becomes activities, which are owed to whom they concern.

Spec: ActivityPub 6 and 7
"""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any, TypeAlias, TypeVar

import msgspec

from marula.base.db import Tx
from marula.base.events import Fact, reacts_to
from marula.base.kernel.ids import AccountId, PostId
from marula.domain import deliveries
from marula.domain.context import Context
from marula.domain.deliveries import Parcel
from marula.faces.activitypub.composing import signing
from marula.faces.activitypub.vocab.context import Document
from marula.views import reach
from marula.views.reach import Reach

F = TypeVar("F", bound=Fact)


class Outgoing(msgspec.Struct, frozen=True, kw_only=True):
    """An activity, who says it, and who is to get it.

    `subject`: the id of what it is about, so that whoever was told of it can be told of its end. `post_id`: the post
    whose author may ask what became of it.
    """

    sender: AccountId
    document: Document
    reach: Reach
    subject: str | None = None
    post_id: PostId | None = None


Compose: TypeAlias = Callable[[Context, Tx, F], Awaitable[Sequence[Outgoing]]]

federated: dict[type[Fact], list[Compose[Any]]] = {}
"""What is composed after facts of each kind."""


def federates(kind: type[F], *, when: Callable[[F], bool] | None = None) -> Callable[[Compose[F]], Compose[F]]:
    """Send what this function composes after every fact of this kind for which the pure predicate `when` holds.

    It runs in the transaction in which its activities are owed. It reads what the fact is about and holds it against
    its end, so that the end is never owed before: what is gone meanwhile composes nothing. Run twice it composes the
    same ids, which are owed once.
    """

    def declare(compose: Compose[F]) -> Compose[F]:
        async def run(ctx: Context, event: Any) -> None:
            async with ctx.db.transaction() as tx:
                for outgoing in await compose(ctx, tx, event):
                    await send(ctx, tx, outgoing)

        run.__module__, run.__name__ = compose.__module__, compose.__name__
        run.__annotations__["event"] = kind
        reacts_to(kind, lane="federation", when=when)(run)
        federated.setdefault(kind, []).append(compose)
        return compose

    return declare


async def send(ctx: Context, tx: Tx, outgoing: Outgoing) -> None:
    """Owe an activity to the inboxes that it reaches. Costs: one statement when there are none."""
    inboxes = await reach.inboxes(ctx, tx, outgoing.reach)
    if not inboxes:
        return
    document = outgoing.document
    parcel = Parcel(
        sender=outgoing.sender,
        uri=document["id"],
        kind=document["type"],
        body=await signing.body(ctx, tx, outgoing.sender, document),
        subject=outgoing.subject,
        post_id=outgoing.post_id,
    )
    await deliveries.owe(tx, parcel, inboxes)
