"""The SQL of what is known under an address of another server."""

from marula.base.db import Connection
from marula.base.kernel.ids import PostId


async def post(db: Connection, uri: str) -> PostId | None:
    """The post with this address."""
    return await db.value("select id from posts where uri = $1", uri)
