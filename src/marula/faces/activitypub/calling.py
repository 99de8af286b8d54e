"""Calls to other servers, signed by one of our actors.

Spec: draft-cavage-http-signatures-12; RFC 9421, sent to those who refuse the older form ("double knocking", as in
the Mastodon documentation, spec/security)
"""

from collections.abc import Mapping
from typing import cast

import msgspec

from marula.base.crypto.keys import PrivateKey, private_key
from marula.base.crypto.signatures import Form, Message, sign
from marula.base.events.memory import RememberedEach
from marula.base.kernel.ids import AccountId
from marula.base.net import Answer, Limits
from marula.domain import actors, servers
from marula.domain.context import Context

ACTIVITY_TYPE = "application/activity+json"
ACTIVITY_ACCEPT = (
    'application/activity+json, application/ld+json; profile="https://www.w3.org/ns/activitystreams";q=0.9'
)

REFUSED = (400, 401)
"""Answers after which the other form of signatures is tried."""


class Signer(msgspec.Struct, frozen=True):
    """A key, ready to sign with. Not shown in logs."""

    key_uri: str
    key: PrivateKey

    def __repr__(self) -> str:
        return f"Signer({self.key_uri!r})"


SIGNERS = RememberedEach[AccountId, Signer]("signers", seconds=600, most=2000)


async def get(
    ctx: Context,
    url: str,
    *,
    signer: AccountId | None = None,
    accept: str = ACTIVITY_ACCEPT,
    limits: Limits | None = None,
) -> Answer:
    """Read an address of another server; each address on the way, after redirects, is asked with its own signature.

    Takes: `signer`, a local actor; without one the actor of this server signs. Gives: whatever was answered, refusals
    too. Raises: Unreachable.
    """
    key = await _signer(ctx, signer)
    form = await _form(ctx, url)

    async def ask(form: Form) -> Answer:
        def headers(here: str) -> Mapping[str, str]:
            return {"accept": accept} | _signed(ctx, key, "GET", here, None, {}, form)

        return await ctx.http.get(url.partition("#")[0], headers=headers, limits=limits)

    answer = await ask(form)
    if answer.status not in REFUSED or servers.host_of(answer.url) != servers.host_of(url):
        return answer
    return await _second(ctx, url, answer, form, await ask(_other(form)))


async def get_as(ctx: Context, url: str, form: Form) -> Answer:
    """Read an address with the actor of this server, signed in this form only. Raises: Unreachable."""
    key = await _signer(ctx, None)

    def headers(here: str) -> Mapping[str, str]:
        return {"accept": ACTIVITY_ACCEPT} | _signed(ctx, key, "GET", here, None, {}, form)

    return await ctx.http.get(url.partition("#")[0], headers=headers)


async def post(
    ctx: Context,
    url: str,
    body: bytes,
    *,
    signer: AccountId | None = None,
    headers: Mapping[str, str] | None = None,
    limits: Limits | None = None,
) -> Answer:
    """Send a document to an inbox. A redirect is the answer, not followed.

    Takes: as `get`; `headers` beside those of the signature. Raises: Unreachable.
    """
    key = await _signer(ctx, signer)
    form = await _form(ctx, url)
    plain = {"content-type": ACTIVITY_TYPE} | dict(headers or {})

    async def send(form: Form) -> Answer:
        sent = plain | _signed(ctx, key, "POST", url, body, plain, form)
        return await ctx.http.post(url, body, headers=sent, limits=limits)

    answer = await send(form)
    if answer.status not in REFUSED:
        return answer
    return await _second(ctx, url, answer, form, await send(_other(form)))


async def _second(ctx: Context, url: str, first: Answer, form: Form, second: Answer) -> Answer:
    """The answer that counts of two. The form that was taken is remembered; when none was, the first answer stands."""
    if second.status >= 400:
        return first
    await servers.learn_form(ctx, servers.host_of(url), _other(form))
    return second


async def _form(ctx: Context, url: str) -> Form:
    return cast("Form", await servers.form_of(ctx, servers.host_of(url)))


def _other(form: Form) -> Form:
    return "rfc9421" if form == "cavage" else "cavage"


async def _signer(ctx: Context, account: AccountId | None) -> Signer:
    """The key of a local actor, read at most every ten minutes."""
    who = actors.INSTANCE if account is None else account
    known = ctx.memory.recall(SIGNERS, who)
    if known is not None:
        return known
    own = await actors.own_key(ctx, who)
    signer = Signer(own.uri, private_key(own.private))

    async def ready() -> Signer:
        return signer

    await ctx.memory.learn(SIGNERS, who, ready)
    return signer


def _signed(
    ctx: Context, key: Signer, method: str, url: str, body: bytes | None, headers: Mapping[str, str], form: Form
) -> dict[str, str]:
    message = Message(method=method, url=url.partition("#")[0], headers=headers, body=body)
    return sign(message, key.key_uri, key.key, ctx.clock.now(), form)
