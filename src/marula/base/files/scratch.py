"""Files that are only there while something is done with them."""

import asyncio
import shutil
import tempfile
import time
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

from marula.base.files.troubles import beside_others, on_disk

LEFT_BEHIND = 24 * 3600
"""Seconds after which what is in a folder of these is nobody's: its process was killed."""


@asynccontextmanager
async def scratch(folder: Path) -> AsyncGenerator[Path]:
    """A folder of one's own within `folder`, which goes at the end of the block.

    Raises StorageFull, StorageUnreachable, also for what the block writes there.
    """
    with on_disk():
        made = Path(await asyncio.to_thread(_made, folder))
    try:
        with beside_others():
            yield made
    finally:
        await asyncio.shield(asyncio.to_thread(shutil.rmtree, made, ignore_errors=True))


def clear(folder: Path) -> None:
    """Remove what processes that were killed left in `folder`."""
    limit = time.time() - LEFT_BEHIND
    for path in folder.glob("*") if folder.is_dir() else ():
        if path.stat().st_mtime >= limit:
            continue
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)


def _made(folder: Path) -> str:
    folder.mkdir(parents=True, exist_ok=True)
    return tempfile.mkdtemp(dir=folder)
