"""What other servers sent of their posts, as it is kept: whole, and compressed."""

import zlib

import msgspec

from marula.base.db import Connection
from marula.base.kernel.ids import PostId
from marula.base.observe import logs
from marula.domain import posts
from marula.faces.activitypub.reading import Document, Unreadable, load

log = logs.logger("ingest")

LARGEST = 4 * 2**20
"""Bytes of a document that is kept; none can be larger."""


def packed(document: Document) -> bytes:
    """A document as it is kept."""
    return zlib.compress(msgspec.json.encode(document))


def unpacked(data: bytes) -> Document:
    """What is kept, as it was sent. Raises: Unreadable."""
    try:
        return load(zlib.decompressobj().decompress(data, LARGEST))
    except zlib.error as error:
        raise Unreadable("what is kept of the post is damaged") from error


async def document_kept(db: Connection, post: PostId) -> Document | None:
    """What the server of a post sent of it; None for posts of this server, and when it is damaged."""
    data = await posts.document_of(db, post)
    if data is None:
        return None
    try:
        return unpacked(data)
    except Unreadable as error:
        log.warning("a kept document cannot be read", post=post, reason=str(error))
        return None
