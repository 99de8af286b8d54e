"""`@document`: what a document is, and one request for it."""

from collections.abc import Awaitable, Callable
from typing import TypeAlias, TypeVar

import msgspec

from marula.base.kernel.errors import Forbidden, Gone, NotFound
from marula.base.kernel.ids import AccountId
from marula.base.observe import logs
from marula.domain.context import Context
from marula.faces.activitypub.fetching.actors import key as fetch_key
from marula.faces.activitypub.inbox.keys import Keys
from marula.faces.activitypub.inbox.refusing import Refusal
from marula.faces.activitypub.inbox.verifying import message_of, signer
from marula.faces.activitypub.vocab.context import Document, standing_alone
from marula.faces.http.request import BadRequest, Receive, Request, Scope, Send

log = logs.logger("activitypub")

ACTIVITY = "application/activity+json; charset=utf-8"
JSON = "application/json; charset=utf-8"
BRIEFLY, PERSONAL = "public, max-age=180", "private, no-store"
SIGNED = "Accept, Signature"


class Given(msgspec.Struct, frozen=True, kw_only=True):
    """An answer that is not an ActivityStreams document: its bytes, what they are, and how long they hold."""

    data: bytes
    kind: str
    cache: str = BRIEFLY
    vary: str = "Accept"
    status: int = 200


class Buried(Gone):
    """What was asked for is gone; this stands in its place."""

    def __init__(self, tombstone: Document) -> None:
        super().__init__()
        self.tombstone = tombstone


class Viewers:
    """Finds out who asks, by their signatures, for all documents of a process."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx
        self._keys = Keys(ctx, fetch_key)

    async def of(self, request: Request) -> AccountId:
        """The account whose key signed the request. Raises: Refusal."""
        return (await signer(self._ctx, self._keys, message_of(self._ctx, request, None))).account


class Asking:
    """One request for a document. `personal`: that the answer depends on who asks."""

    __slots__ = ("_viewers", "ctx", "path", "personal", "proven", "query", "request")

    def __init__(self, ctx: Context, viewers: Viewers, request: Request, path: dict[str, str]) -> None:
        self._viewers = viewers
        self.ctx = ctx
        self.request = request
        self.path = path
        self.personal = False
        self.proven: AccountId | None = None
        self.query = dict(request.query_pairs())

    async def prove(self) -> None:
        """Insist on knowing who asks. Raises: Refusal."""
        self.personal = True
        self.proven = await self._viewers.of(self.request)

    async def viewer(self) -> AccountId | None:
        """Who asks; None for those who do not sign, or whose signature proves nothing: they see what everybody sees."""
        signed = self.request.header(b"signature") is not None
        if signed and not self.personal:
            try:
                await self.prove()
            except Refusal as refusal:
                log.info("asked by nobody known", why=refusal.why, path=self.request.path)
        return self.proven


Handler: TypeAlias = Callable[[Asking], Awaitable[Document | Given]]
H = TypeVar("H", bound=Handler)

documents: dict[str, Handler] = {}
"""What serves each path."""

_open: set[str] = set()


def document(path: str, *, open: bool = False) -> Callable[[H], H]:
    """Serve `GET path` with this handler. Raises ValueError when two handlers want one path.

    `open`: to everybody also where all others must sign what they ask.
    """

    def declare(run: H) -> H:
        if path in documents:
            raise ValueError(f"two documents at {path}")
        documents[path] = run
        if open:
            _open.add(path)
        return run

    return declare


class Documents:
    """The document of one path, as an ASGI application."""

    def __init__(self, ctx: Context, viewers: Viewers, path: str, run: Handler) -> None:
        self._ctx = ctx
        self._viewers = viewers
        self._path = path
        self._run = run
        self._secure = path not in _open and (ctx.config.authorized_fetch or ctx.config.limited_federation)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        scope["route"] = self._path
        if scope["method"] not in ("GET", "HEAD"):
            await _send(send, _refusal(405, "Method Not Allowed"))
            return
        try:
            asking = Asking(self._ctx, self._viewers, Request(scope, receive), scope["path_params"])
            answer = await self._answer(asking)
        except BadRequest as error:
            answer = _refusal(error.status, error.why)
        except Refusal as refusal:
            answer = _refusal(refusal.status, refusal.why)
        except NotFound:
            answer = _refusal(404, "Not Found")
        except Buried as buried:
            answer = _whole(buried.tombstone, status=410)
        except Forbidden:
            answer = _refusal(403, "Forbidden")
        except Gone:
            answer = _refusal(410, "Gone")
        except Exception as error:
            log.error("a document failed", path=self._path, error=error)
            answer = _refusal(500, "Internal Server Error")
        await _send(send, answer)

    async def _answer(self, asking: Asking) -> Given:
        """The document, for whoever asks. Raises: Refusal, and what the domain refuses."""
        if self._secure:
            await asking.prove()
        found = await self._run(asking)
        answer = found if isinstance(found, Given) else _whole(found)
        return msgspec.structs.replace(answer, cache=PERSONAL, vary=SIGNED) if asking.personal else answer


def _whole(answer: Document, *, status: int = 200) -> Given:
    return Given(data=msgspec.json.encode(standing_alone(answer)), kind=ACTIVITY, status=status)


def _refusal(status: int, why: str) -> Given:
    return Given(data=msgspec.json.encode({"error": why}), kind=JSON, cache="no-store", status=status)


async def _send(send: Send, answer: Given) -> None:
    headers = [
        (b"content-type", answer.kind.encode()),
        (b"content-length", b"%d" % len(answer.data)),
        (b"cache-control", answer.cache.encode()),
        (b"vary", answer.vary.encode()),
    ]
    await send({"type": "http.response.start", "status": answer.status, "headers": headers})
    await send({"type": "http.response.body", "body": answer.data})
