"""Files from our own storage over HTTP."""

import re
from collections.abc import Mapping

from marula.base.files import Kept, StorageUnreachable
from marula.base.kernel.errors import NotFound
from marula.base.observe import logs
from marula.domain.context import Context
from marula.domain.storage import EXTENSIONS
from marula.faces.files.ranges import Unsatisfiable, part
from marula.faces.files.seen import Seen
from marula.faces.http.request import Receive, Scope, Send

PREFIX = "/media/"
PATH = f"{PREFIX}{{first}}/{{second}}/{{name}}"

SHOWN = {end: kind for kind, end in EXTENSIONS.items() if kind.startswith(("image/", "video/", "audio/"))}
"""What is served, by the end of its key: pictures, films and sounds, nothing else."""

HEADERS = (
    (b"cache-control", b"public, max-age=31536000, immutable"),
    (b"content-disposition", b"inline"),
    (b"content-security-policy", b"default-src 'none'; form-action 'none'"),
    (b"access-control-allow-origin", b"*"),
    (b"cross-origin-resource-policy", b"cross-origin"),
    (b"accept-ranges", b"bytes"),
)

KEY = re.compile(r"[0-9a-f]{2}/[0-9a-f]{2}/[0-9a-f]{28}\.([a-z0-9]+)")

log = logs.logger("files")


class KeptFiles:
    """What is below `/media/`, as an ASGI application."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx
        self._seen = Seen(ctx)
        self._ours = ctx.files.public == f"{ctx.config.web_url}{PREFIX}"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        scope["route"] = PATH
        where = scope["path_params"]
        key = f"{where['first']}/{where['second']}/{where['name']}"
        found = KEY.fullmatch(key)
        kind = SHOWN.get(found[1]) if found else None
        if scope["method"] not in ("GET", "HEAD"):
            await refuse(send, 405, "Method not allowed")
            return
        if kind is not None and not self._ours:
            await _elsewhere(send, self._ctx.files.public + key)
            return
        try:
            kept = None if kind is None else await self._ctx.files.stat(key)
            if kind is None or kept is None:
                await refuse(send, 404, "Record not found")
                return
            await self._give(scope, send, kept, kind)
        except StorageUnreachable as error:
            log.error("the storage of files does not answer", error=error)
            await refuse(send, 503, error.why)
        self._seen.add(key)

    async def _give(self, scope: Scope, send: Send, kept: Kept, kind: str) -> None:
        headers = {name: value.decode("latin-1") for name, value in scope["headers"]}
        mark = f'"{kept.key[6:34]}"'
        own = [*HEADERS, (b"etag", mark.encode()), (b"content-type", kind.encode())]
        if _matches(headers.get(b"if-none-match"), mark):
            await _answer(send, 304, own)
            return
        try:
            wanted = part(headers.get(b"range", ""), kept.size) if _still(headers, mark) else None
        except Unsatisfiable:
            own.append((b"content-range", b"bytes */%d" % kept.size))
            await _answer(send, 416, [*own, (b"content-length", b"0")])
            return
        start, end = wanted or (0, kept.size)
        if wanted is not None:
            own.append((b"content-range", b"bytes %d-%d/%d" % (start, end - 1, kept.size)))
        own.append((b"content-length", b"%d" % (end - start)))
        if scope["method"] == "HEAD" or start == end:
            await _answer(send, 200 if wanted is None else 206, own)
            return
        await self._stream(send, kept.key, 200 if wanted is None else 206, own, start, end)

    async def _stream(
        self, send: Send, key: str, status: int, headers: list[tuple[bytes, bytes]], start: int, end: int
    ) -> None:
        left = end - start
        begun = False
        try:
            async for piece in self._ctx.files.read(key, start=start, end=end):
                if not begun:
                    await send({"type": "http.response.start", "status": status, "headers": headers})
                    begun = True
                await send({"type": "http.response.body", "body": piece, "more_body": True})
                left -= len(piece)
        except NotFound:
            await refuse(send, 404, "Record not found")
            return
        except StorageUnreachable as error:
            if not begun:
                raise
            log.error("the storage of files broke off", key=key, error=error)
        if not begun:
            raise StorageUnreachable
        if left:  # an answer that does not end is one that the client does not keep
            log.error("a file is shorter than it was", key=key, missing=left)
            return
        await send({"type": "http.response.body", "body": b""})


def _matches(header: str | None, mark: str) -> bool:
    """Whether the client has the file already. Spec: rfc9110 13.1.2"""
    return header is not None and any(each.strip().removeprefix("W/") in ("*", mark) for each in header.split(","))


def _still(headers: Mapping[bytes, str], mark: str) -> bool:
    """Whether a part fits to what the client has. Spec: rfc9110 13.1.5"""
    return headers.get(b"if-range", mark) == mark


async def _answer(send: Send, status: int, headers: list[tuple[bytes, bytes]]) -> None:
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": b""})


async def _elsewhere(send: Send, address: str) -> None:
    """Say where the bucket has it, for those who know an address from before there was one."""
    headers = [
        (b"location", address.encode()),
        (b"cache-control", b"public, max-age=600"),
        (b"access-control-allow-origin", b"*"),
        (b"content-length", b"0"),
    ]
    await _answer(send, 302, headers)


async def refuse(send: Send, status: int, why: str) -> None:
    """Say that there is no file to be had."""
    body = b'{"error":"%b"}' % why.encode()
    headers = [
        (b"content-type", b"application/json; charset=utf-8"),
        (b"content-length", b"%d" % len(body)),
        (b"cache-control", b"no-store"),
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
