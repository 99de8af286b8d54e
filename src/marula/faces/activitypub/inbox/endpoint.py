"""Our inboxes: what is signed and sound is kept, and 202 says that it is. What it means is decided later.

Spec: ActivityPub, 5.2; federation practice, inbox pipeline
"""

import asyncio
from functools import cache

import msgspec
from prometheus_client import Counter

from marula.base.crypto.signatures import covers
from marula.base.jobs import later_once
from marula.base.kernel import ids
from marula.base.kernel.errors import Unreachable
from marula.base.kernel.ids import AccountId
from marula.base.net import Recent
from marula.base.observe import logs
from marula.domain import accounts, actors, intake, servers
from marula.domain.context import Context
from marula.domain.intake import Arrival
from marula.faces.activitypub import synchronising
from marula.faces.activitypub.fetching.actors import key as fetch_key
from marula.faces.activitypub.inbox.checking import LONGEST_KIND, check
from marula.faces.activitypub.inbox.doorbook import DoorBook
from marula.faces.activitypub.inbox.keeping import Keeper
from marula.faces.activitypub.inbox.keys import Keys
from marula.faces.activitypub.inbox.refusing import Refusal
from marula.faces.activitypub.inbox.verifying import message_of, signer
from marula.faces.activitypub.reading import Document, Unreadable, id_of, kind_of
from marula.faces.http.request import BODY_LIMIT, BadRequest, Receive, Request, Scope, Send

log = logs.logger("inbox")

PATHS = ("/inbox", "/actor/inbox", "/ap/users/{account}/inbox")

KINDS = ("application/activity+json", "application/ld+json", "application/json")
"""What a body may be. Spec: ActivityPub, 3.2; and as some old servers name it."""

PATIENCE = 30
"""Seconds in which a body has to come."""

COMPARED = 300.0
"""Seconds in which one sender's followers are not compared again."""

arrivals = Counter("marula_inbox_requests", "Requests to inboxes, by how they were answered", ["status"])


@cache
def _of_status(status: int) -> Counter:
    return arrivals.labels(str(status))


class Inboxes:
    """All inboxes of this server, as one ASGI application."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx
        self._keys = Keys(ctx, fetch_key)
        self._keeper = Keeper(ctx)
        self._book = DoorBook(ctx)
        self._compared = Recent(seconds=COMPARED, most=10_000)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        scope["route"] = "inbox"
        request = Request(scope, receive)
        try:
            await self._take(request)
        except Refusal as refusal:
            log.info("refused", status=refusal.status, why=refusal.why, path=request.path, client=request.address)
            await self._book.note(request, refusal)
            await _answer(send, refusal.status, refusal.why)
        except Unreachable:
            await _answer(send, 503, "The server is busy; please try again later")
        except Exception as error:
            log.error("an inbox failed", path=request.path, error=error)
            await _answer(send, 500, "Internal Server Error")
        else:
            await _answer(send, 202, None)

    async def _take(self, request: Request) -> None:
        """Keep what was sent. Raises: Refusal."""
        if request.method != "POST":
            raise Refusal(405, "Method Not Allowed")
        _check_kind(request)
        owner = await self._owner(request)
        body = await _body(request)
        try:
            document = check(body)
        except Unreadable as error:
            raise Refusal(400, f"The body is not taken: {error}") from error
        actor = id_of(document.get("actor"))
        if actor is None or len(actor.encode()) > intake.LONGEST:
            raise Refusal(400, "The body is not taken: it names no actor")
        if await self._of_a_stranger(document, actor):
            return
        message = message_of(self._ctx, request, body)
        held = await signer(self._ctx, self._keys, message)
        await self._keeper.keep(
            Arrival(
                uri=_id(document),
                kind=kind_of(document)[:LONGEST_KIND],
                actor=actor,
                signer=held.actor,
                host=servers.host_of(held.actor),
                inbox_of=owner,
                body=body,
                digest=intake.digest(held.actor, body),
            )
        )
        if covers(message, synchronising.HEADER):
            await self._synchronise(held.actor, message.headers.get(synchronising.HEADER, ""))

    async def _synchronise(self, actor: str, header: str) -> None:
        """Have it compared who of ours follows the sender, now and then. Spec: FEP-8fcf"""
        said = synchronising.read(header)
        if said is None or self._compared.told(actor) is not None:
            return
        self._compared.note(actor, "")
        async with self._ctx.db.transaction("relaxed") as tx:
            await later_once(tx, tx.now, f"followers of {actor}", synchronising.mend, actor, said)

    async def _owner(self, request: Request) -> AccountId | None:
        """Whose inbox it is; None for the shared ones. Raises: Refusal when it is nobody's."""
        named = request.scope["path_params"].get("account")
        if named is None:
            return None
        owner = ids.parse(AccountId, named)
        async with self._ctx.db.reading() as db:
            found = None if owner is None else await accounts.by_id(db, owner)
            gone = owner is not None and found is None and await actors.departed(db, owner) is not None
        if found is None or not found.local:
            raise Refusal(410, "Gone") if gone else Refusal(404, "Not Found")
        return found.id

    async def _of_a_stranger(self, document: Document, actor: str) -> bool:
        """Whether somebody whom nobody here knows says that they are gone, or changed: their key may be gone, too."""
        if kind_of(document) not in ("Delete", "Update") or id_of(document.get("object")) != actor:
            return False
        async with self._ctx.db.reading() as db:
            return not await actors.by_uris(self._ctx, db, [actor])


def _check_kind(request: Request) -> None:
    kind = (request.header(b"content-type") or "").partition(";")[0].strip().lower()
    if kind not in KINDS:
        raise Refusal(415, "An activity is application/activity+json or application/ld+json")


async def _body(request: Request) -> bytes:
    length = request.header(b"content-length") or ""
    if length.isascii() and length.isdigit() and int(length[:20]) > BODY_LIMIT:
        raise Refusal(413, "the request is larger than 1 MB")
    try:
        async with asyncio.timeout(PATIENCE):
            return await request.body()
    except BadRequest as error:
        raise Refusal(error.status, error.why) from error
    except TimeoutError as error:
        raise Refusal(408, "The body did not come in time") from error


def _id(document: Document) -> str | None:
    found = id_of(document)
    return found if found is not None and len(found.encode()) <= intake.LONGEST else None


async def _answer(send: Send, status: int, why: str | None) -> None:
    _of_status(status).inc()
    body = b"" if why is None else msgspec.json.encode({"error": why})
    headers = [(b"content-length", b"%d" % len(body)), (b"cache-control", b"no-store")]
    if body:
        headers.append((b"content-type", b"application/json; charset=utf-8"))
    if status == 405:
        headers.append((b"allow", b"POST"))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
