"""The SQL of the names of hashtags."""

from collections.abc import Sequence

from marula.base.db import Connection, Tx
from marula.base.kernel.ids import TagId
from marula.domain.tags.types import Tag


async def by_name(db: Connection, name: str) -> Tag | None:
    """The hashtag with this normalised name."""
    row = await db.one("select id, name, display_name, created_at from tags where name = $1", name)
    return None if row is None else Tag(**dict(row))


async def by_id(db: Connection, tag: TagId) -> Tag | None:
    """A hashtag."""
    row = await db.one("select id, name, display_name, created_at from tags where id = $1", tag)
    return None if row is None else Tag(**dict(row))


async def known(db: Connection, names: Sequence[str]) -> dict[str, TagId]:
    """The ids of those of these normalised names that exist."""
    rows = await db.all("select name, id from tags where name = any($1::text[])", names)
    return {row["name"]: row["id"] for row in rows}


async def insert(tx: Tx, names: dict[str, str]) -> None:
    """Write hashtags that are not there yet, in one order for everybody, so that two writers cannot block each other.

    Takes: normalised names with the names to show.
    """
    await tx.run(
        """
        insert into tags (name, display_name, created_at)
        select name, display_name, $3 from unnest($1::text[], $2::text[]) as wanted (name, display_name) order by name
        on conflict (name) do nothing
        """,
        list(names),
        list(names.values()),
        tx.now,
    )
