"""Documents of other servers.

Spec: ActivityPub 3.2; federation practice, fetching documents; FEP-fe34 (origins)
"""

from email.message import Message

from marula.base.kernel.errors import Gone, NotFound, Refused, Unreachable
from marula.base.kernel.ids import AccountId
from marula.base.net import Answer
from marula.domain import boundaries, servers
from marula.domain.context import Context
from marula.faces.activitypub import calling
from marula.faces.activitypub.reading import Document, Unreadable, load, same_origin
from marula.faces.activitypub.reading.values import uri as uri_in

FAILURES = (NotFound, Gone, Refused, Unreachable, Unreadable)
"""Everything that may come instead of a document."""

STREAMS = "https://www.w3.org/ns/activitystreams"

LATER = (408, 425, 429)
"""Refusals that may end by themselves."""


async def document(ctx: Context, uri: str, *, signer: AccountId | None = None) -> Document:
    """The document whose id is this address; its id and its server are what was asked for.

    Takes: `signer`, the local actor who asks; the actor of this server asks where it is None.
    Raises: NotFound, Gone, Refused when the server does not give it, Unreachable when it may do so later, Unreadable
    when it is not what it claims to be.
    """
    found, here = await at(ctx, uri, signer=signer)
    identifier = uri_in(found.get("id"))
    if identifier is None:
        raise Unreadable("the document has no id")
    if identifier != uri:
        found, here = await at(ctx, identifier, signer=signer)
        if found.get("id") != identifier:
            raise Unreadable("the document has another id each time it is asked for")
    if not same_origin(identifier, here):
        raise Unreadable("the document is of another server than its id")
    return found


async def at(ctx: Context, url: str, *, signer: AccountId | None = None) -> tuple[Document, str]:
    """What an address answers, whatever its id is, and the address after redirects. Raises: as `document`."""
    answer = await answered(ctx, url, signer=signer)
    if not is_activity(answer.headers.get("content-type", "")):
        raise Unreadable(f"{servers.host_of(url)} answers with {answer.media_type or 'nothing'}, not with a document")
    return load(answer.body), answer.url


async def answered(ctx: Context, url: str, *, signer: AccountId | None, accept: str | None = None) -> Answer:
    """The answer of an address that gives something. Raises: as `document`."""
    await check_host(ctx, url)
    trouble = ctx.http.troubles.told(url)
    if trouble is not None:
        raise Unreachable(trouble)
    try:
        answer = await calling.get(ctx, url, signer=signer, accept=accept or calling.ACTIVITY_ACCEPT)
        check_status(answer)
    except Unreachable as error:
        ctx.http.troubles.note(url, error.why)
        raise
    return answer


async def check_host(ctx: Context, url: str) -> None:
    """Raises Refused for servers that are not to be asked: suspended ones, and this one."""
    host = servers.host_of(url)
    if host in (ctx.config.web_domain.lower(), ctx.config.local_domain.lower()):
        raise Refused("That is this server")
    if (await boundaries.stance(ctx, host)).suspended:
        raise Refused(f"{host} is suspended here")


def check_status(answer: Answer) -> None:
    """Raises what an answer means that gives nothing."""
    host, status = servers.host_of(answer.url), answer.status
    if status == 404:
        raise NotFound
    if status == 410:
        raise Gone
    if status == 501 or (400 <= status < 500 and status not in LATER):
        raise Refused(f"{host} does not give this: {status}")
    if status != 200:
        raise Unreachable(f"{host} cannot answer now: {status}")


def is_activity(content_type: str) -> bool:
    """Whether a content type is one of ActivityStreams. Plain JSON is not: anybody may upload that somewhere."""
    header = Message()
    header["content-type"] = content_type
    kind = header.get_content_type()
    if kind == "application/activity+json":
        return True
    profile = header.get_param("profile")
    return kind == "application/ld+json" and isinstance(profile, str) and STREAMS in profile.split()
