"""Files that other servers have: fetched from there, unless we want none of theirs; and their addresses here.

An address through this server holds a mark that only we can make, so it leads nowhere but to what we know of.
"""

import hmac
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

from marula.base.kernel.config import Config
from marula.base.kernel.errors import NotFound, Unreachable
from marula.base.net import Limits
from marula.domain.boundaries.reading import stance
from marula.domain.context import Context

TIME = timedelta(seconds=30)
"""How long a picture may take."""

ABSENT = (401, 403, 404, 410, 451)
"""The server answers, and gives no file."""

MARK = 12
"""Bytes of a mark."""


async def download(
    ctx: Context, url: str, path: Path, *, domain: str | None, most: int, time: timedelta = TIME
) -> None:
    """Write what is at an address into a file. `domain`: whose it is; `most`: how many bytes it may have.

    Raises: NotFound when there is nothing to be had, or we want none of theirs; Unreachable.
    """
    host = urlsplit(url).hostname or ""
    if host in (ctx.config.web_domain, ctx.config.local_domain):
        raise NotFound
    for name in (host, domain):
        if name is not None and (await stance(ctx, name)).reject_media:
            raise NotFound
    answer = await ctx.http.get(url, limits=Limits(size=most, time=time, into=path))
    if answer.status in ABSENT:
        raise NotFound
    if answer.status != 200:
        raise Unreachable(f"{host} answers {answer.status}")


def mark(config: Config, what: str, url: str) -> str:
    """What stands in our address of a picture that another server has at `url`: with another picture another one."""
    return hmac.digest(config.secret.encode(), f"{what} {url}".encode(), "sha256")[:MARK].hex()


def marked(config: Config, what: str, url: str, text: str) -> bool:
    """Whether a mark is ours."""
    return hmac.compare_digest(mark(config, what, url).encode(), text.encode())
