"""The writes of notifications. They are the end of what follows from a fact, so they record none."""

from marula.base.db import Tx
from marula.base.events import announce
from marula.base.kernel.errors import NotFound
from marula.base.kernel.ids import AccountId, NotificationId
from marula.domain import push
from marula.domain.notifications.kinds import Kind
from marula.domain.notifications.store import grouping, telling

BATCH = 1000
"""People that one statement tells."""

TOLD = "told"
"""Live topic: pairs of an account and its new notification, as `account:notification`, with commas in between."""

PER_MESSAGE = 180
"""Pairs in one live message, which holds 7,900 bytes."""


async def notify(
    tx: Tx, kind: Kind, subject: int, *, after: AccountId = AccountId(0), batch: int = BATCH
) -> AccountId | None:
    """Tell the next of those who are to be told of the subject, once each however often it runs.

    Gives the last of the batch, to go on after; None when everybody was told.
    Announces: TOLD, so that streams can send what was written. Wakes: the programs that want to be woken of it.
    Costs: one statement, and two more for every two hundred people; two more when programs are woken.
    """
    told = await telling.tell(tx, kind.name, kind.told, subject, groupable=kind.groupable, after=after, batch=batch)
    for place in range(0, len(told.made), PER_MESSAGE):
        pairs = told.made[place : place + PER_MESSAGE]
        await announce(tx, TOLD, ",".join(f"{account}:{notification}" for account, notification in pairs))
    if told.made:
        await push.wake(tx, kind.name, told.made)
    return told.last


async def dismiss(tx: Tx, who: AccountId, notification: NotificationId) -> None:
    """Remove one notification. Raises: NotFound."""
    if not await telling.dismiss(tx, who, notification):
        raise NotFound


async def dismiss_group(tx: Tx, who: AccountId, key: str) -> None:
    """Remove all notifications of a group; one that does not exist is no error.

    Spec: Mastodon documentation, methods/grouped_notifications (dismiss-group)
    """
    await grouping.dismiss_group(tx, who, key)


async def clear(tx: Tx, who: AccountId) -> None:
    """Remove all notifications of somebody."""
    await telling.clear(tx, who)
