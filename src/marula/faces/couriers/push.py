"""Pushes: what people are told, sealed for their programs and handed to the push services that wake these.

Spec: RFC 8030 (Web Push); Mastodon documentation, methods/push
"""

from urllib.parse import urlsplit

import msgspec

from marula.base.crypto import web_push
from marula.base.crypto.tokens import digest
from marula.base.db import Connection
from marula.base.events import reacts_to
from marula.base.jobs import job, later_each
from marula.base.kernel import vapid
from marula.base.kernel.errors import Unreachable
from marula.base.net import Answer, Limits
from marula.base.observe import logs
from marula.domain import notifications, push, site
from marula.domain.context import Context
from marula.domain.push import LIFETIME, Due, PushesWanted, Wake
from marula.faces.couriers.push_words import Seen, words
from marula.views.notification import notifications_of

log = logs.logger("push")

GONE = (404, 410)
"""Answers that say that a subscription is no more. Spec: RFC 8030, 7.3"""

LIMITS = Limits(size=64 * 1024)


class Message(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be sent: JSON, and through which subscription."""

    due: Due
    content: bytes


@reacts_to(PushesWanted, lane="push")
async def send_each(ctx: Context, event: PushesWanted) -> None:
    """One job for each program that is to be woken: none waits for another's push service."""
    async with ctx.db.transaction("relaxed") as tx:
        await later_each(tx, deliver, event.wakes)


@job(lane="push")
async def deliver(ctx: Context, wake: Wake) -> None:
    """Send a push, when it may be sent still. A push service that has no time is asked again, for two days at most.

    A second push of the same notification takes the place of the first, where that has not been delivered yet.
    """
    subject = await _subject(ctx)
    async with ctx.db.reading() as db:
        message = await _message(ctx, db, wake)
    if message is None:
        return
    subscription = message.due.subscription
    encrypt = web_push.encrypted if subscription.standard else web_push.encrypted_as_before
    sealed = encrypt(message.content, subscription.receiver)
    proof = web_push.proved(
        sealed, subscription.endpoint, ctx.config.vapid_private_key, subject=subject, now=ctx.clock.now()
    )
    headers = {
        **proof,
        "Content-Type": "application/octet-stream",
        "TTL": str(int(LIFETIME.total_seconds())),
        "Urgency": "normal",
        "Topic": _topic(ctx, wake),
    }
    answer = await ctx.http.post(subscription.endpoint, sealed.body, headers=headers, limits=LIMITS)
    await _conclude(ctx, message.due, answer)


async def _message(ctx: Context, db: Connection, wake: Wake) -> Message | None:
    """The push of a notification, judged at this moment; None when nothing may be sent, or it is too late."""
    told = await notifications.one(db, wake.account_id, wake.notification_id)
    if told is None or told.filtered or told.created_at + LIFETIME <= ctx.clock.now():
        return None
    due = await push.due(ctx, db, wake.subscription_id, told.kind, told.from_id)
    if due is None:
        return None
    shown = await notifications_of(ctx, db, wake.account_id, [told])
    if not shown:
        return None
    seen = msgspec.json.decode(shown[0].data, type=Seen)
    locale = due.locale or ctx.config.default_locale
    title, body = words(seen, own=told.from_id == told.account_id, locale=locale)
    payload = {
        "title": title,
        "body": body,
        "icon": seen.account.avatar_static,
        "notification_id": int(told.id),
        "notification_type": told.kind,
        "preferred_locale": locale,
        "access_token": due.token,
    }
    return Message(due=due, content=msgspec.json.encode(payload))


async def _conclude(ctx: Context, due: Due, answer: Answer) -> None:
    """Do what the answer of a push service asks for. Raises Unreachable when it is to be asked again."""
    host = urlsplit(due.subscription.endpoint).hostname
    if answer.status in GONE:
        async with ctx.db.transaction("relaxed") as tx:
            await push.drop(tx, due.subscription.id, due.subscription.endpoint)
    elif answer.status == 429 or answer.status >= 500:
        raise Unreachable(f"{host} cannot take a push now: {answer.status}")
    elif answer.status >= 300:
        log.warning("a push service refuses a message", host=host, status=answer.status)


async def _subject(ctx: Context) -> str:
    """Where push services reach those who run this server. Spec: RFC 8292, 2.1"""
    email = (await site.get(ctx)).contact_email
    return f"mailto:{email}" if email else ctx.config.web_url


def _topic(ctx: Context, wake: Wake) -> str:
    """The same word for the same push, which says nothing to others. Spec: RFC 8030, 5.4"""
    return vapid.text_of(digest(f"{ctx.config.secret} {wake.subscription_id} {wake.notification_id}"))[:32]
