"""The SQL of what is known under an address of another server."""

from marula.base.db import Connection
from marula.base.kernel.ids import AccountId, PostId


async def post(db: Connection, uri: str) -> PostId | None:
    """The post with this id, or whose page this is."""
    return await db.value(
        """
        (select id from posts where uri = $1)
        union all (select id from posts where url = $1 order by id limit 1) limit 1
        """,
        uri,
    )


async def account(db: Connection, address: str) -> AccountId | None:
    """The account of another server whose page this is."""
    return await db.value("select id from accounts where url = $1 order by id limit 1", address)
