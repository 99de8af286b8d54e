"""The writes of scheduling. What is asked was drafted before, so that it could be posted now."""

from datetime import datetime

from marula.base.db import Tx
from marula.base.events import record
from marula.base.jobs import later_at
from marula.base.kernel.errors import NotFound
from marula.base.kernel.ids import AccountId, PostId, ScheduledId
from marula.domain import media, posts
from marula.domain.posts import Asked, Claim
from marula.domain.scheduling import reactions, rules, store
from marula.domain.scheduling.events import PostScheduled, ScheduleCancelled
from marula.domain.scheduling.types import Scheduled

NONE = ScheduledId(0)


async def schedule(
    tx: Tx, who: AccountId, asked: Asked, moment: datetime, *, key: str | None = None
) -> Scheduled | PostId:
    """Keep a post until its time.

    Takes: `key`, the client's idempotency key: the same key within an hour gives the first one again, or the post
    that it has become.
    Records: PostScheduled. Raises: Invalid.
    """
    if key is not None:
        earlier = await posts.claim_key(tx, who, key)
        if earlier is not None:
            return await _first(tx, who, earlier)
    rules.check_time(moment, tx.now)
    await _check_room(tx, who, moment)
    made = await store.insert(tx, who, asked, moment)
    if asked.media_ids:
        await media.hold(tx, who, made, list(dict.fromkeys(asked.media_ids)))
    if key is not None:
        await posts.bind_key(tx, who, key, Claim(None, made))
    await _wait(tx, who, made, moment)
    return Scheduled(id=made, account_id=who, asked=asked, scheduled_at=moment, failure=None)


async def reschedule(tx: Tx, who: AccountId, scheduled: ScheduledId, moment: datetime) -> None:
    """Give a post another time, also one that could not be published.

    Records: PostScheduled. Raises: NotFound, Invalid.
    """
    rules.check_time(moment, tx.now)
    await _check_room(tx, who, moment, besides=scheduled)
    if not await store.move(tx, who, scheduled, moment):
        raise NotFound
    await _wait(tx, who, scheduled, moment)


async def cancel(tx: Tx, who: AccountId, scheduled: ScheduledId) -> None:
    """Remove a post to come; its files are loose again. Records: ScheduleCancelled. Raises: NotFound."""
    if await store.one(tx, who, scheduled) is not None:
        await media.let_go(tx, scheduled)
    if not await store.delete(tx, who, scheduled):
        raise NotFound
    await posts.rebind_keys(tx, who, scheduled, None)
    await record(tx, ScheduleCancelled(scheduled_id=scheduled, account_id=who))


async def _first(tx: Tx, who: AccountId, claim: Claim) -> Scheduled | PostId:
    if claim.post_id is not None:
        return claim.post_id
    found = None if claim.scheduled_id is None else await store.one(tx, who, claim.scheduled_id)
    if found is None:
        raise NotFound
    return found


async def _check_room(tx: Tx, who: AccountId, moment: datetime, *, besides: ScheduledId = NONE) -> None:
    await store.hold(tx, who)
    rules.check_room(*await store.counts(tx, who, rules.day_of(moment), besides=besides))


async def _wait(tx: Tx, who: AccountId, scheduled: ScheduledId, moment: datetime) -> None:
    await later_at(tx, moment, reactions.publish_due, scheduled)
    await record(tx, PostScheduled(scheduled_id=scheduled, account_id=who, scheduled_at=moment))
