"""The writes of pushes."""

from collections.abc import Sequence

from marula.base.crypto.sealed import seal
from marula.base.db import Tx
from marula.base.events import record
from marula.base.kernel.errors import NotFound
from marula.base.kernel.ids import AccountId, NotificationId, PushSubscriptionId, TokenId
from marula.domain.push import store
from marula.domain.push.events import PushesWanted, PushSubscriptionChanged
from marula.domain.push.types import NewSubscription, Subscription, Wishes

PURPOSE = "the access token of a push subscription"


async def subscribe(
    tx: Tx, who: AccountId, token: TokenId, text: str, new: NewSubscription, *, secret: str
) -> Subscription:
    """Keep the subscription of a token, in the place of the one it had. Records: PushSubscriptionChanged.

    `text`: the token itself, which every push repeats; it is kept sealed with the secret of this server.
    """
    sealed = seal(secret, PURPOSE, text, bound_to=str(token))
    made = await store.put(tx, who, token, new, sealed)
    await record(tx, PushSubscriptionChanged(account_id=who, token_id=token))
    return made


async def revise(tx: Tx, token: TokenId, wishes: Wishes) -> Subscription:
    """Want other things pushed: what is not among the wishes is not. Records: PushSubscriptionChanged.

    Raises: NotFound.
    """
    revised = await store.revise(tx, token, wishes)
    if revised is None:
        raise NotFound
    await record(tx, PushSubscriptionChanged(account_id=revised.account_id, token_id=token))
    return revised


async def unsubscribe(tx: Tx, token: TokenId) -> None:
    """Push nothing to the program of this token any more; none there is no error. Records: PushSubscriptionChanged."""
    account = await store.delete_of_token(tx, token)
    if account is not None:
        await record(tx, PushSubscriptionChanged(account_id=account, token_id=token))


async def drop(tx: Tx, subscription: PushSubscriptionId, endpoint: str) -> None:
    """Forget a subscription whose push service knows it no longer, unless it leads elsewhere by now.

    Records: PushSubscriptionChanged.
    """
    gone = await store.delete(tx, subscription, endpoint)
    if gone is not None:
        await record(tx, PushSubscriptionChanged(account_id=gone[0], token_id=gone[1]))


async def wake(tx: Tx, kind: str, told: Sequence[tuple[AccountId, NotificationId]]) -> None:
    """Have the programs of those woken who were told of something and want pushes of this kind. Records: PushesWanted.

    Costs: one statement, and two more when there are such programs.
    """
    wakes = await store.wanting(tx, kind, told)
    if wakes:
        await record(tx, PushesWanted(wakes=tuple(wakes)))
