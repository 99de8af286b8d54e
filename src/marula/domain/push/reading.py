"""Whether a subscription may be told of something at this moment."""

from marula.base.crypto.sealed import unseal
from marula.base.db import Connection
from marula.base.kernel.ids import AccountId, PushSubscriptionId
from marula.base.observe import logs
from marula.domain.context import Context
from marula.domain.push import store
from marula.domain.push.actions import PURPOSE
from marula.domain.push.types import Due

log = logs.logger("push")


async def due(
    ctx: Context, db: Connection, subscription: PushSubscriptionId, kind: str, source: AccountId
) -> Due | None:
    """The subscription, when it still wants notifications of this kind from this account and its person may have them.

    None also when its token cannot be read: the secret of this server was changed, and the program has to subscribe
    anew.
    """
    found = await store.willing(db, subscription, kind, source, ctx.clock.now())
    if found is None:
        return None
    kept, sealed, locale = found
    token = unseal(ctx.config.secret, PURPOSE, sealed, bound_to=str(kept.token_id))
    if token is None:
        log.warning("a push was not sent: its token was sealed with another secret", subscription=int(kept.id))
        return None
    return Due(subscription=kept, token=token, locale=locale)
