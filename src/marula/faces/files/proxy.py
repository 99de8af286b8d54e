"""Files of other servers through this one: kept here when they are first looked at, or passed on as they are.

An address names a file that we know, with a pass that only we can make, so this leads nowhere else. What is passed on
has the type that its bytes have; of a type that is no picture, film or sound, nothing is.
"""

import asyncio
from pathlib import Path
from typing import cast

from marula.base import imaging
from marula.base.files import StorageFull, scratch
from marula.base.kernel.errors import MarulaError, NotFound, Refused
from marula.base.kernel.ids import MediaId
from marula.base.observe import logs
from marula.domain import media
from marula.domain.context import Context
from marula.domain.media import Part
from marula.faces.files.serving import HEADERS, refuse
from marula.faces.http.request import Receive, Scope, Send

PROXY = "/media/proxy/{pass}/{part}"

PARTS = ("original", "small")
AT_A_TIME = 8
"""Files that one process fetches because somebody looks at them; others wait."""

LEADS = (b"cache-control", b"public, max-age=600")
"""For where a file is kept: that may end."""

PIECE = 256 * 1024

log = logs.logger("files")


class RemoteFiles:
    """What is below `/media/proxy/`, as an ASGI application."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx
        self._room = asyncio.Semaphore(AT_A_TIME)
        self._tasks: dict[tuple[MediaId, Part], asyncio.Task[str]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        scope["route"] = PROXY
        where = scope["path_params"]
        wanted = media.passed(self._ctx.config, where["pass"])
        if wanted is None or where["part"] not in PARTS or scope["method"] not in ("GET", "HEAD"):
            await refuse(send, 404, "Record not found")
            return
        try:
            await self._give(send, wanted, cast(Part, where["part"]))
        except (NotFound, Refused):
            await refuse(send, 404, "Record not found")
        except MarulaError as error:
            await refuse(send, 503, error.why)

    async def _give(self, send: Send, wanted: MediaId, part: Part) -> None:
        if self._ctx.config.remote_media == "proxy":
            await self._pass_on(send, wanted, part)
            return
        try:
            key = await self._kept(wanted, part)
        except StorageFull:
            await self._pass_on(send, wanted, part)
            return
        location = f"{self._ctx.files.public}{key}".encode()
        headers = [(b"location", location), LEADS, (b"access-control-allow-origin", b"*"), (b"content-length", b"0")]
        await send({"type": "http.response.start", "status": 302, "headers": headers})
        await send({"type": "http.response.body", "body": b""})

    async def _pass_on(self, send: Send, wanted: MediaId, part: Part) -> None:
        async with self._room, scratch(self._ctx.config.incoming_dir) as folder:
            path = folder / "file"
            await media.pass_on(self._ctx, wanted, part, path)
            await send_file(send, path)

    async def _kept(self, wanted: MediaId, part: Part) -> str:
        """The key of a file; all who want it at the same time wait for one fetch."""
        task = self._tasks.get((wanted, part))
        if task is None:
            task = self._tasks[wanted, part] = asyncio.create_task(self._fetch(wanted, part))
            task.add_done_callback(lambda _: self._tasks.pop((wanted, part), None))
        return await asyncio.shield(task)

    async def _fetch(self, wanted: MediaId, part: Part) -> str:
        async with self._room:
            return await media.had(self._ctx, wanted, part)


async def send_file(send: Send, path: Path) -> None:
    """A file as it is, when its bytes are those of a picture, film or sound. Raises NotFound."""
    with await asyncio.to_thread(path.open, "rb") as file:
        kind = imaging.sniff(await asyncio.to_thread(file.read, imaging.HEAD))
        if kind is None:
            raise NotFound
        size = file.seek(0, 2)
        file.seek(0)
        headers = [*HEADERS[1:5], (b"cache-control", b"public, max-age=86400"), (b"content-type", kind.mime.encode())]
        headers.append((b"content-length", b"%d" % size))
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        while piece := await asyncio.to_thread(file.read, PIECE):
            await send({"type": "http.response.body", "body": piece, "more_body": True})
    await send({"type": "http.response.body", "body": b""})
