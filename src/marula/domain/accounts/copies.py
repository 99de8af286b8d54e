"""Copies of the avatars and headers of people of other servers, made when somebody first looks at them.

One process fetches a picture, once: a claim is written first, and nobody else asks until it is old.
"""

from datetime import timedelta
from pathlib import Path
from typing import Literal, TypeAlias

from marula.base.files import scratch
from marula.base.imaging import AVATAR, TooLarge, Undecodable
from marula.base.kernel.config import Config
from marula.base.kernel.errors import NotFound, Unreachable
from marula.base.kernel.ids import AccountId
from marula.base.observe import logs
from marula.domain import boundaries, storage
from marula.domain.accounts import store
from marula.domain.accounts.picturing import make_avatar, make_header
from marula.domain.accounts.types import Portrait
from marula.domain.context import Context

Which: TypeAlias = Literal["avatar", "header"]

AGAIN = timedelta(minutes=30)
"""After which a server that did not answer, or a process that died meanwhile, has had its time."""

GIVEN_UP = timedelta(days=7)
"""After which a picture that is not there, or cannot be read, is asked for again."""

log = logs.logger("accounts")


def address(config: Config, account: AccountId, which: Which, url: str, *, still: bool) -> str:
    """Where a picture is to be had through this server that another one has at `url`."""
    part = f"{which}_static" if still else which
    return f"{config.web_url}/media/people/{account}/{boundaries.mark(config, f'{which} {account}', url)}/{part}"


async def had(ctx: Context, account: AccountId, which: Which, mark: str) -> tuple[str, str]:
    """The keys of a copy of a picture and of its first frame; the copy is made if need be.

    Raises: NotFound when there is none to be had, Unreachable when there is none now, StorageFull.
    """
    found = await _wanted(ctx, account, which, mark)
    if found.key is None:
        async with ctx.db.transaction() as tx:
            if not await store.claim_portrait(tx, account, which, tx.now + AGAIN):
                raise Unreachable
        await _copy(ctx, found, which)
        found = await _wanted(ctx, account, which, mark)
        if found.key is None:
            raise NotFound
    return found.key, found.still_key or found.key


async def pass_on(ctx: Context, account: AccountId, which: Which, mark: str, path: Path) -> None:
    """Write a picture into a file, and keep nothing. Raises: NotFound, Unreachable."""
    found = await _wanted(ctx, account, which, mark)
    await boundaries.download(ctx, found.url, path, domain=found.domain, most=AVATAR.picture_bytes)


async def _wanted(ctx: Context, account: AccountId, which: Which, mark: str) -> Portrait:
    async with ctx.db.reading() as db:
        found = await store.portrait(db, account, which)
    if found is None or not boundaries.marked(ctx.config, f"{which} {account}", found.url, mark):
        raise NotFound
    return found


async def _copy(ctx: Context, found: Portrait, which: Which) -> None:
    make = make_avatar if which == "avatar" else make_header
    try:
        async with scratch(ctx.config.incoming_dir) as folder:
            source = folder / "source"
            await boundaries.download(ctx, found.url, source, domain=found.domain, most=AVATAR.picture_bytes)
            picture = await make(ctx, source, remote=True)
    except (NotFound, Undecodable, TooLarge) as error:
        log.info("a picture of another server cannot be kept", url=found.url, reason=str(error))
        async with ctx.db.transaction() as tx:
            await store.postpone_portrait(tx, found.account_id, which, tx.now + GIVEN_UP)
        raise NotFound from error
    async with ctx.db.transaction() as tx:
        if await store.keep_portrait(tx, found.account_id, which, found.url, picture):
            kept = [picture.original_id, *([] if picture.still_id is None else [picture.still_id])]
            await storage.keep(tx, kept)
