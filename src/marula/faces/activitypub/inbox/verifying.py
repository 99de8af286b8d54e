"""Who sent a request: the actor whose key signed it.

Spec: draft-cavage-http-signatures-12; RFC 9421; federation practice, signatures
"""

from marula.base.crypto.signatures import Claim, Malformed, Message, Unacceptable, claims, joined
from marula.domain import boundaries, servers
from marula.domain.context import Context
from marula.faces.activitypub.inbox.keys import Held, Keys
from marula.faces.activitypub.inbox.refusing import Refusal
from marula.faces.activitypub.reading.values import uri
from marula.faces.http.request import Request


def message_of(ctx: Context, request: Request, body: bytes | None) -> Message:
    """The request as its sender saw it: at the address under which this server is known. Raises: Refusal."""
    scope = request.scope
    path = (scope.get("raw_path") or scope["path"].encode()).decode("latin-1").partition("?")[0]
    query = scope["query_string"].decode("latin-1")
    headers = joined(scope["headers"])
    here = {servers.host_of(ctx.config.web_url), ctx.config.local_domain.lower()}
    if headers.get("host", "").lower().removesuffix(":443") not in here:
        raise Refusal(401, "The request is for another server")
    url = f"{ctx.config.web_url}{path}{'?' if query else ''}{query}"
    return Message(method=request.method, url=url, headers=headers, body=body)


async def signer(ctx: Context, keys: Keys, message: Message) -> Held:
    """The actor that signed the message, with the key that proves it.

    A kept key that proves nothing is fetched again, once in a while: it may have been replaced.
    Raises: Refusal: 400 unreadable, 401 not proven, 403 from a server that is kept out, 503 the key cannot be had now.
    """
    try:
        claimed = claims(message, ctx.clock.now())
    except Malformed as error:
        raise Refusal(400, f"The signature cannot be read: {error}") from error
    except Unacceptable as error:
        raise Refusal(401, f"The signature does not count: {error}") from error
    if not claimed:
        raise Refusal(401, "The request is not signed")
    refused = Refusal(401, "The signature is not proven by its key")
    for claim in claimed:
        try:
            return await _proven(ctx, keys, claim)
        except Refusal as error:
            refused = error
    raise refused


async def _proven(ctx: Context, keys: Keys, claim: Claim) -> Held:
    await _check_key(ctx, claim.key_id)
    held = await keys.known(claim.key_id)
    if held is not None and claim.proven_by(held.key):
        return held
    fresh = await keys.fetched(claim.key_id, again=held is not None)
    if fresh is None and held is None:
        raise Refusal(401, "The key of the signature cannot be found")
    if fresh is None or not claim.proven_by(fresh.key):
        raise Refusal(401, "The signature is not proven by its key")
    return fresh


async def _check_key(ctx: Context, key: str) -> None:
    """The one place where servers that are kept out are kept out of the inbox."""
    if uri(key) is None:
        raise Refusal(401, "The key of the signature has no address")
    host = servers.host_of(key)
    if host == servers.host_of(ctx.config.web_url):
        raise Refusal(401, "The key of the signature is of this server")
    if (await boundaries.stance(ctx, host)).suspended:
        raise Refusal(403, "This server takes nothing from yours")
