"""Files on posts, and on posts to come."""

from collections.abc import Sequence
from typing import Any

import msgspec

from marula.base.db import Connection, Row, Tx
from marula.base.kernel.ids import AccountId, MediaId, PostId, ScheduledId
from marula.domain.media.types import (
    Attachment,
    Chosen,
    Kind,
    State,
)

_ATTACHMENT = """
    select m.id, m.account_id, m.post_id, m.scheduled_id, m.position, m.kind, m.state, m.description, m.blurhash,
           m.meta::text as meta, m.focus_x, m.focus_y, m.remote_url
    from media_attachments m
"""


_meta = msgspec.json.Decoder(dict[str, Any])


def _attachment(row: Row) -> Attachment:
    values = dict(row)
    across, down = values.pop("focus_x"), values.pop("focus_y")
    focus = None if across is None or down is None else (across, down)
    values |= {"kind": Kind(row["kind"]), "state": State(row["state"]), "meta": _meta.decode(row["meta"])}
    return Attachment(focus=focus, **values)


async def of_post(db: Connection, post: PostId) -> list[Attachment]:
    """The files that a post shows, in their order."""
    rows = await db.all(f"{_ATTACHMENT} where m.post_id = $1 and m.position is not null order by m.position", post)
    return [_attachment(row) for row in rows]


async def own(db: Connection, who: AccountId, ids: Sequence[MediaId]) -> dict[MediaId, Attachment]:
    """Those of these files that are somebody's own."""
    rows = await db.all(f"{_ATTACHMENT} where m.id = any($1::bigint[]) and m.account_id = $2", ids, who)
    return {row["id"]: _attachment(row) for row in rows}


async def attach(tx: Tx, who: AccountId, post: PostId, chosen: Sequence[Chosen]) -> int:
    """Let a post of ours show exactly these files, of those that are loose or its own. Gives how many it shows.

    What it showed before and shows no longer stays for its history.
    """
    return await tx.run(
        """
        with chosen as (
            select * from unnest($3::bigint[], $4::text[], $5::float[], $6::float[])
            with ordinality as c (id, description, focus_x, focus_y, place)
        ), gone as (
            update media_attachments set position = null
            where post_id = $2 and position is not null and id <> all($3::bigint[])
        )
        update media_attachments m
        set post_id = $2, position = c.place - 1, description = c.description, focus_x = c.focus_x,
            focus_y = c.focus_y, loose_since = null
        from chosen c
        where m.id = c.id and m.account_id = $1 and m.state = 1
          and (m.post_id = $2 or (m.post_id is null and m.scheduled_id is null))
        """,
        who,
        post,
        [one.id for one in chosen],
        [one.description for one in chosen],
        [None if one.focus is None else one.focus[0] for one in chosen],
        [None if one.focus is None else one.focus[1] for one in chosen],
    )


async def detach(tx: Tx, post: PostId) -> None:
    """Give the files that a post shows back to its author; what only its history shows goes."""
    await tx.run(
        """
        with gone as (delete from media_attachments where post_id = $1 and position is null)
        update media_attachments set post_id = null, position = null, loose_since = $2
        where post_id = $1 and position is not null
        """,
        post,
        tx.now,
    )


async def discard(tx: Tx, post: PostId) -> None:
    """Remove the files of a post, and those of its history."""
    await tx.run("delete from media_attachments where post_id = $1", post)


async def hold(tx: Tx, who: AccountId, scheduled: ScheduledId, ids: Sequence[MediaId]) -> int:
    """Keep loose files for a post to come. Gives how many."""
    return await tx.run(
        """
        update media_attachments set scheduled_id = $2, loose_since = null
        where id = any($3::bigint[]) and account_id = $1 and post_id is null and scheduled_id is null
        """,
        who,
        scheduled,
        ids,
    )


async def let_go(tx: Tx, scheduled: ScheduledId) -> None:
    """Give the files of a post to come back."""
    await tx.run(
        "update media_attachments set scheduled_id = null, loose_since = $2 where scheduled_id = $1",
        scheduled,
        tx.now,
    )
