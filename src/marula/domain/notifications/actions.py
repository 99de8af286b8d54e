"""The writes of notifications. They are the end of what follows from a fact, so only what people decide is recorded."""

from collections.abc import Sequence

from marula.base.db import Tx
from marula.base.events import announce, record
from marula.base.kernel.errors import NotFound
from marula.base.kernel.ids import AccountId, NotificationId, NotificationRequestId
from marula.domain import push
from marula.domain.notifications.events import (
    NotificationPolicyChanged,
    NotificationRequestAccepted,
    NotificationRequestDismissed,
    NotificationsMerged,
)
from marula.domain.notifications.kinds import Kind
from marula.domain.notifications.store import grouping, policies, requests, telling
from marula.domain.notifications.types import PolicyChanges

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
    told = await telling.tell(
        tx,
        kind.name,
        kind.told,
        subject,
        groupable=kind.groupable,
        filterable=kind.filterable,
        after=after,
        batch=batch,
    )
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
    await requests.clear(tx, who)


async def change_policy(tx: Tx, who: AccountId, changes: PolicyChanges) -> None:
    """Change what is done with notifications to come. Records: NotificationPolicyChanged, when it is another."""
    if await policies.change(tx, who, changes):
        await record(tx, NotificationPolicyChanged(account_id=who))


async def accept_requests(tx: Tx, who: AccountId, ids: Sequence[NotificationRequestId]) -> int:
    """Hear from these accounts from now on; what was held back of them is merged soon. Gives how many there were.

    Records: NotificationRequestAccepted, for each.
    Spec: Mastodon documentation, methods/notifications (accept-request)
    """
    taken = await requests.take(tx, who, ids)
    if taken:
        await requests.permit(tx, who, [source for source, _ in taken])
    for source, _ in taken:
        await record(tx, NotificationRequestAccepted(account_id=who, from_id=source))
    return len(taken)


async def dismiss_requests(tx: Tx, who: AccountId, ids: Sequence[NotificationRequestId]) -> int:
    """Forget what was held back of these accounts. Gives how many requests there were.

    Records: NotificationRequestDismissed, for each.
    Spec: Mastodon documentation, methods/notifications (dismiss-request)
    """
    taken = await requests.take(tx, who, ids)
    for source, newest in taken:
        await record(tx, NotificationRequestDismissed(account_id=who, from_id=source, upto=newest))
    return len(taken)


async def merge(tx: Tx, who: AccountId, source: AccountId, *, batch: int = BATCH) -> bool:
    """Bring a batch of what was held back of an accepted account among the others; whether more may be left.

    Records: NotificationsMerged, at the end of the last merge.
    """
    if await requests.merge(tx, who, source, batch):
        return True
    if await requests.end_merge(tx, who, source):
        await record(tx, NotificationsMerged(account_id=who))
    return False
