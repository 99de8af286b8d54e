"""`@document`: what a document is, and one request for it."""

from collections.abc import Awaitable, Callable
from typing import TypeAlias, TypeVar

import msgspec

from marula.base.kernel.errors import Forbidden, Gone, NotFound
from marula.base.observe import logs
from marula.domain.context import Context
from marula.faces.activitypub.vocab.context import Document, standing_alone
from marula.faces.http.request import BadRequest, Receive, Request, Scope, Send

log = logs.logger("activitypub")

ACTIVITY = "application/activity+json; charset=utf-8"
JSON = "application/json; charset=utf-8"
BRIEFLY = "public, max-age=180"


class Given(msgspec.Struct, frozen=True, kw_only=True):
    """An answer that is not an ActivityStreams document: its bytes, what they are, and how long they hold."""

    data: bytes
    kind: str
    cache: str = BRIEFLY
    status: int = 200


class Buried(Gone):
    """What was asked for is gone; this stands in its place."""

    def __init__(self, tombstone: Document) -> None:
        super().__init__()
        self.tombstone = tombstone


class Asking:
    """One request for a document."""

    __slots__ = ("ctx", "path", "query", "request")

    def __init__(self, ctx: Context, request: Request, path: dict[str, str]) -> None:
        self.ctx = ctx
        self.request = request
        self.path = path
        self.query = dict(request.query_pairs())


Handler: TypeAlias = Callable[[Asking], Awaitable[Document | Given]]
H = TypeVar("H", bound=Handler)

documents: dict[str, Handler] = {}
"""What serves each path."""


def document(path: str) -> Callable[[H], H]:
    """Serve `GET path` with this handler. Raises ValueError when two handlers want one path."""

    def declare(run: H) -> H:
        if path in documents:
            raise ValueError(f"two documents at {path}")
        documents[path] = run
        return run

    return declare


class Documents:
    """The document of one path, as an ASGI application."""

    def __init__(self, ctx: Context, path: str, run: Handler) -> None:
        self._ctx = ctx
        self._path = path
        self._run = run

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        scope["route"] = self._path
        if scope["method"] not in ("GET", "HEAD"):
            await _send(send, _refusal(405, "Method Not Allowed"))
            return
        try:
            answer = await self._run(Asking(self._ctx, Request(scope, receive), scope["path_params"]))
        except BadRequest as error:
            answer = _refusal(error.status, error.why)
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
        await _send(send, answer if isinstance(answer, Given) else _whole(answer))


def _whole(answer: Document, *, status: int = 200) -> Given:
    return Given(data=msgspec.json.encode(standing_alone(answer)), kind=ACTIVITY, status=status)


def _refusal(status: int, why: str) -> Given:
    return Given(data=msgspec.json.encode({"error": why}), kind=JSON, cache="no-store", status=status)


async def _send(send: Send, answer: Given) -> None:
    headers = [
        (b"content-type", answer.kind.encode()),
        (b"content-length", b"%d" % len(answer.data)),
        (b"cache-control", answer.cache.encode()),
        (b"vary", b"Accept"),
    ]
    await send({"type": "http.response.start", "status": answer.status, "headers": headers})
    await send({"type": "http.response.body", "body": answer.data})
