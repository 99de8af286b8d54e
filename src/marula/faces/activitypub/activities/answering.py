"""What ours answer at once, without being asked, to a follow or a quote: that it is granted, or that it is not.

Spec: ActivityPub 7.5 to 7.7
"""

from secrets import randbelow
from typing import Literal

import msgspec

from marula.base.db import Tx
from marula.base.kernel import ids
from marula.base.kernel.ids import AccountId, FollowId
from marula.domain import deliveries
from marula.domain.context import Context
from marula.domain.deliveries import Parcel
from marula.faces.activitypub.activities.registry import Activity
from marula.faces.activitypub.vocab import activities
from marula.faces.activitypub.vocab.context import Document, standing_alone
from marula.views.reach import Reach, inboxes

ANSWERS = {"accepts": activities.accept, "rejects": activities.reject}


async def answer(ctx: Context, tx: Tx, who: AccountId, how: Literal["accepts", "rejects"], follow: Activity) -> None:
    """Owe an answer to a Follow, which is embedded with the id that it came with.

    Each answer has an id of its own: who asks again did not hear the first one.
    """
    number = FollowId(_number(tx))
    received = activities.received_follow(ctx.config, follow.id, follow.actor_uri, who)
    document = ANSWERS[how](ctx.config, who, number, received)
    await _owe(ctx, tx, who, document, follow.actor)


async def answer_quote(
    ctx: Context,
    tx: Tx,
    who: AccountId,
    how: Literal["accepts", "rejects"],
    request: Activity,
    instrument: str,
    stamp: str | None,
) -> None:
    """Owe an answer to a QuoteRequest. `stamp`: where the consent can be read, when there is one."""
    asked = {
        "id": request.id,
        "type": request.kind,
        "actor": request.actor_uri,
        "object": request.object_uri,
        "instrument": instrument,
    }
    await _owe(ctx, tx, who, activities.answer_quote(ctx.config, who, how, _number(tx), asked, stamp), request.actor)


async def _owe(ctx: Context, tx: Tx, who: AccountId, document: Document, whom: AccountId) -> None:
    parcel = Parcel(
        sender=who, uri=document["id"], kind=document["type"], body=msgspec.json.encode(standing_alone(document))
    )
    await deliveries.owe(tx, parcel, await inboxes(ctx, tx, Reach(persons=(whom,))))


def _number(tx: Tx) -> int:
    """A number that no other answer has."""
    return ids.at(tx.now) + randbelow(2**16)
