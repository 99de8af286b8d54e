"""Bytes in an object store that speaks the protocol of S3, whoever sells it.

What is written there says its type, and that it may be kept for good. Who may read it is decided by the policy of the
bucket; nothing is asked for each file.
"""

import asyncio
from collections.abc import AsyncGenerator, Generator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import msgspec
import obstore
from obstore.exceptions import BaseError
from obstore.store import S3Store

from marula.base.files.port import Kept, Room, StorageUnreachable
from marula.base.kernel.errors import NotFound

if TYPE_CHECKING:
    from obstore import Attributes, OffsetRange

PIECE = 256 * 1024
"""Bytes that are given at a time, at least."""

PART = 8 * 1024 * 1024
"""Bytes of each part of a file that is written in parts."""

AT_A_TIME = 2
"""Parts that are written at the same time; each is in memory."""

LONGEST = timedelta(minutes=10)
"""How long one request may take in all."""

FOR_GOOD = "public, max-age=31536000, immutable"


class Bucket(msgspec.Struct, frozen=True, kw_only=True):
    """Which bucket, and how it is spoken to. `public`: see Files."""

    name: str
    public: str
    region: str
    endpoint: str | None = None
    key_id: str | None = None
    secret: str | None = None
    prefix: str = ""
    storage_class: str | None = None
    named_in_host: bool = False
    parts_above: int | None = 15 * 1024 * 1024
    connect_within: timedelta = timedelta(seconds=5)
    read_within: timedelta = timedelta(seconds=5)
    retries: int = 0


class S3:
    """Files in a bucket."""

    def __init__(self, bucket: Bucket) -> None:
        self.public = bucket.public
        self._parts_above = bucket.parts_above
        self._class: dict[str, str] = {} if bucket.storage_class is None else {"Storage-Class": bucket.storage_class}
        given: dict[str, Any] = {
            "endpoint": bucket.endpoint,
            "access_key_id": bucket.key_id,
            "secret_access_key": bucket.secret,
        }
        self._store = S3Store(
            bucket.name,
            prefix=bucket.prefix or None,
            region=bucket.region,
            virtual_hosted_style_request=bucket.named_in_host,
            client_options={
                "allow_http": (bucket.endpoint or "").startswith("http://"),
                "connect_timeout": bucket.connect_within,
                "read_timeout": bucket.read_within,
                "timeout": LONGEST,
            },
            retry_config={"max_retries": bucket.retries, "retry_timeout": timedelta(minutes=1)},
            **{name: value for name, value in given.items() if value is not None},
        )

    async def put(self, key: str, source: Path, *, content_type: str) -> None:
        """Copy a file in; it is there wholly or not at all. Raises StorageUnreachable."""
        size = (await asyncio.to_thread(source.stat)).st_size
        with _understood():
            await obstore.put_async(
                self._store,
                key,
                source,
                attributes=self._told(content_type),
                use_multipart=self._parts_above is not None and size > self._parts_above,
                chunk_size=PART,
                max_concurrency=AT_A_TIME,
            )

    def _told(self, content_type: str) -> "Attributes":
        """What the bucket is told of a file. What is no picture, film or sound is never shown by a browser."""
        told: dict[str, str] = {"Content-Type": content_type, "Cache-Control": FOR_GOOD} | self._class
        shown = content_type.startswith(("image/", "video/", "audio/"))
        return cast("Attributes", told if shown else told | {"Content-Disposition": "attachment"})

    async def read(self, key: str, *, start: int = 0, end: int | None = None) -> AsyncGenerator[bytes]:
        """The bytes of a part of a file. Raises NotFound, StorageUnreachable."""
        if end is not None and end <= start:
            return
        with _understood():
            part: OffsetRange | tuple[int, int] = {"offset": start} if end is None else (start, end)
            found = await obstore.get_async(self._store, key, options={"range": part} if start or end else None)
            async for piece in found.stream(min_chunk_size=PIECE):
                yield bytes(piece)

    async def stat(self, key: str) -> Kept | None:
        """What is kept under this key. Raises StorageUnreachable."""
        try:
            with _understood():
                found = await obstore.head_async(self._store, key)
        except NotFound:
            return None
        return _kept(key, found["size"], found["last_modified"])

    async def delete(self, keys: Sequence[str]) -> None:
        """Remove files. Raises StorageUnreachable."""
        if keys:
            with _understood():
                await obstore.delete_async(self._store, list(keys))

    async def listed(self) -> AsyncGenerator[Kept]:
        """Every file, a thousand at a time. Raises StorageUnreachable."""
        with _understood():
            async for batch in obstore.list(self._store, chunk_size=1000):
                for one in batch:
                    yield _kept(one["path"], one["size"], one["last_modified"])

    async def room(self) -> Room | None:
        """Nobody can say."""
        return None


def _kept(key: str, size: int, written_at: datetime) -> Kept:
    return Kept(key, size, written_at)


@contextmanager
def _understood() -> Generator[None]:
    """What goes wrong, in our words. Raises NotFound, StorageUnreachable."""
    try:
        yield
    except FileNotFoundError as error:
        raise NotFound from error
    except (BaseError, OSError) as error:
        raise StorageUnreachable from error
