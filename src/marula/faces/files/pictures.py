"""Avatars, headers and emoji of other servers through this one.

They lead to the copy that is kept here, made when somebody first looks; or are passed on as they are, when nothing is
to be kept. Where there is none to be had, an avatar is the picture of nobody, as everywhere.
"""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TypeAlias

from marula.base.files import StorageFull, scratch
from marula.base.imaging import DecoderFailed
from marula.base.kernel import ids
from marula.base.kernel.errors import MarulaError, NotFound
from marula.base.kernel.ids import AccountId, EmojiId
from marula.base.observe import logs
from marula.domain import accounts, emoji
from marula.domain.context import Context
from marula.faces.files.proxy import AT_A_TIME, LEADS, send_file
from marula.faces.files.serving import refuse
from marula.faces.http.request import Receive, Scope, Send

PEOPLE = "/media/people/{account}/{mark}/{part}"
EMOJI = "/media/emoji/{emoji}/{mark}/{part}"

STILL = "_static"

Had: TypeAlias = Callable[[], Awaitable[tuple[str, str]]]
PassOn: TypeAlias = Callable[[Path], Awaitable[None]]

log = logs.logger("files")


class RemotePictures:
    """What is below `/media/people/` and `/media/emoji/`, as an ASGI application."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx
        self._room = asyncio.Semaphore(AT_A_TIME)
        self._tasks: dict[str, asyncio.Task[tuple[str, str]]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        where = scope["path_params"]
        scope["route"] = PEOPLE if "account" in where else EMOJI
        if scope["method"] not in ("GET", "HEAD"):
            await refuse(send, 405, "Method not allowed")
        elif "account" in where:
            await self._person(send, where["account"], where["mark"], where["part"])
        else:
            await self._emoji(send, where["emoji"], where["mark"], where["part"])

    async def _person(self, send: Send, account: str, mark: str, part: str) -> None:
        who, which = ids.parse(AccountId, account), part.removesuffix(STILL)
        if who is None or (which != "avatar" and which != "header"):
            await refuse(send, 404, "Record not found")
            return
        await self._give(
            send,
            f"{which} {who} {mark}",
            lambda: accounts.copies.had(self._ctx, who, which, mark),
            lambda path: accounts.copies.pass_on(self._ctx, who, which, mark, path),
            still=part.endswith(STILL),
            nobody=f"{self._ctx.config.web_url}/{which}s/original/missing.png",
        )

    async def _emoji(self, send: Send, emoji_id: str, mark: str, part: str) -> None:
        one = ids.parse(EmojiId, emoji_id)
        if one is None or part not in ("original", "static"):
            await refuse(send, 404, "Record not found")
            return
        await self._give(
            send,
            f"emoji {one} {mark}",
            lambda: emoji.copies.had(self._ctx, one, mark),
            lambda path: emoji.copies.pass_on(self._ctx, one, mark, path),
            still=part == "static",
            nobody=None,
        )

    async def _give(self, send: Send, name: str, had: Had, pass_on: PassOn, *, still: bool, nobody: str | None) -> None:
        try:
            if self._ctx.config.remote_media == "proxy":
                await self._pass_on(send, pass_on)
                return
            try:
                original, first = await self._kept(name, had)
            except StorageFull:
                await self._pass_on(send, pass_on)
                return
            await _lead(send, f"{self._ctx.files.public}{first if still else original}")
        except (MarulaError, DecoderFailed) as error:
            if isinstance(error, DecoderFailed):
                log.error("a picture cannot be decoded", picture=name, error=error)
            if nobody is not None:
                await _lead(send, nobody)
            else:
                absent = isinstance(error, NotFound)
                await refuse(send, 404 if absent else 503, "Record not found" if absent else "Try again later")

    async def _pass_on(self, send: Send, pass_on: PassOn) -> None:
        async with self._room, scratch(self._ctx.config.incoming_dir) as folder:
            await pass_on(folder / "file")
            await send_file(send, folder / "file")

    async def _kept(self, name: str, had: Had) -> tuple[str, str]:
        """The keys of a copy; all who want it at the same time wait for one fetch."""
        task = self._tasks.get(name)
        if task is None:
            task = self._tasks[name] = asyncio.create_task(self._fetch(had))
            task.add_done_callback(lambda _: self._tasks.pop(name, None))
        return await asyncio.shield(task)

    async def _fetch(self, had: Had) -> tuple[str, str]:
        async with self._room:
            return await had()


async def _lead(send: Send, location: str) -> None:
    headers = [
        (b"location", location.encode()),
        LEADS,
        (b"access-control-allow-origin", b"*"),
        (b"content-length", b"0"),
    ]
    await send({"type": "http.response.start", "status": 302, "headers": headers})
    await send({"type": "http.response.body", "body": b""})
