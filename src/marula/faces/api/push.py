"""Messages to browsers and telephones that are asleep: one subscription for each token.

Spec: Mastodon documentation, methods/push; GOTCHAS, Notifications and push
"""

import msgspec
from msgspec import UNSET, UnsetType

from marula.base.kernel.errors import NotFound
from marula.domain import push
from marula.domain.push import Policy, Subscription, Wishes
from marula.entities import Empty, PushAlerts, WebPushSubscription
from marula.faces.api import access
from marula.faces.api.call import Call
from marula.faces.api.route import route
from marula.faces.http.forms import Form

PUSH = ("push",)


class KeysForm(Form, frozen=True, kw_only=True):
    """The keys of the program, as base64."""

    p256dh: str
    auth: str


class SubscriptionForm(Form, frozen=True, kw_only=True):
    """Where to push to. `standard`: encrypted by RFC 8291, not by the draft before it."""

    endpoint: str
    keys: KeysForm
    standard: bool = False


class DataForm(Form, frozen=True, kw_only=True):
    """What to push, and of whose doing."""

    alerts: PushAlerts | UnsetType = UNSET
    policy: Policy = "all"


class CreateForm(Form, frozen=True, kw_only=True):
    """A subscription."""

    subscription: SubscriptionForm
    data: DataForm = DataForm()


class UpdateForm(Form, frozen=True, kw_only=True):
    """Other wishes, as a whole."""

    data: DataForm = DataForm()


@route("POST", "/api/v1/push/subscription", scopes=PUSH)
async def create(call: Call, form: CreateForm) -> WebPushSubscription:
    """Subscribe to pushes, in the place of an earlier subscription of the same token."""
    wanted = form.subscription
    new = push.draft(
        endpoint=wanted.endpoint,
        p256dh=wanted.keys.p256dh,
        auth=wanted.keys.auth,
        standard=wanted.standard,
        wishes=_wishes(form.data),
    )
    text = access.token_text(call.request, call.params)
    assert text is not None
    async with call.ctx.db.transaction() as tx:
        made = await push.subscribe(tx, call.me, call.token.token_id, text, new, secret=call.ctx.config.secret)
    return _shown(call, made)


@route("GET", "/api/v1/push/subscription", scopes=PUSH)
async def show(call: Call) -> WebPushSubscription:
    """The subscription of this token."""
    async with call.ctx.db.reading() as db:
        found = await push.of_token(db, call.token.token_id)
    if found is None:
        raise NotFound
    return _shown(call, found)


@route("PUT", "/api/v1/push/subscription", scopes=PUSH)
async def update(call: Call, form: UpdateForm) -> WebPushSubscription:
    """Change what is pushed. Alerts that are not sent are switched off."""
    async with call.ctx.db.transaction() as tx:
        revised = await push.revise(tx, call.token.token_id, _wishes(form.data))
    return _shown(call, revised)


@route("DELETE", "/api/v1/push/subscription", scopes=PUSH)
async def delete(call: Call) -> Empty:
    """End the subscription of this token."""
    async with call.ctx.db.transaction() as tx:
        await push.unsubscribe(tx, call.token.token_id)
    return Empty()


def _wishes(form: DataForm) -> Wishes:
    alerts = {} if form.alerts is UNSET else msgspec.to_builtins(form.alerts)
    return Wishes(alerts=alerts, policy=form.policy)


def _shown(call: Call, one: Subscription) -> WebPushSubscription:
    return WebPushSubscription(
        id=int(one.id),
        endpoint=one.endpoint,
        standard=one.standard,
        alerts=msgspec.convert(one.wishes.alerts, PushAlerts),
        policy=one.wishes.policy,
        server_key=call.ctx.config.vapid_public_key,
    )
