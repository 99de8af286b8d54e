"""Files that people here send."""

from datetime import datetime
from typing import Any

from msgspec import UNSET

from marula.base.db import Connection, Tx
from marula.base.kernel.ids import AccountId, BlobId, MediaId
from marula.domain.media.store.columns import as_json, of_made
from marula.domain.media.types import (
    Change,
    Made,
    State,
    Thumbnail,
    Upload,
)


async def insert(tx: Tx, who: AccountId, upload: Upload) -> MediaId:
    """Write a file that somebody sent."""
    made, still = upload.made, upload.thumbnail
    small = still.small_id if still is not None else made.small_id if made is not None else None
    return await tx.value(
        """
        insert into media_attachments (account_id, kind, state, source_id, original_id, small_id, content_type,
                                       description, blurhash, meta, focus_x, focus_y, created_at, loose_since)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10::text::jsonb, $11, $12, $13, $13) returning id
        """,
        who,
        upload.kind if made is None else made.kind,
        State.WAITING if made is None else State.READY,
        upload.source_id,
        None if made is None else made.original_id,
        small,
        None if made is None else made.content_type,
        upload.description,
        _blurhash(made, still),
        as_json(_joined(made, still)),
        *(upload.focus or (None, None)),
        tx.now,
    )


def _joined(made: Made | None, still: Thumbnail | None) -> dict[str, Any]:
    """The measures of a file; a picture that was chosen for it says how it looks when it is small."""
    return ({} if made is None else made.meta) | ({} if still is None else still.meta)


def _blurhash(made: Made | None, still: Thumbnail | None) -> str | None:
    if still is not None:
        return still.blurhash
    return None if made is None else made.blurhash


async def source(db: Connection, media: MediaId) -> tuple[BlobId, str] | None:
    """The blob and the key of what is to be processed; None when it was, or is gone."""
    row = await db.one(
        """
        select b.id, b.key from media_attachments m join blobs b on b.id = m.source_id
        where m.id = $1 and m.state = 0
        """,
        media,
    )
    return None if row is None else (row["id"], row["key"])


async def finish(tx: Tx, media: MediaId, made: Made) -> AccountId | None:
    """Write what was made of a file that waits; whose it is, or None when it waits no more.

    A picture that was chosen for it meanwhile stays.
    """
    return await tx.value(
        """
        update media_attachments
        set kind = $2, state = 1, source_id = null, original_id = $3, small_id = coalesce(small_id, $4),
            content_type = $5, blurhash = case when small_id is null then $6 else blurhash end,
            meta = $7::text::jsonb || meta
        where id = $1 and state = 0 and source_id is not null returning account_id
        """,
        media,
        *of_made(made),
    )


async def fail(tx: Tx, media: MediaId) -> AccountId | None:
    """Note that a file that waits cannot be read; whose it is, or None when it waits no more."""
    return await tx.value(
        """
        update media_attachments set state = 2, source_id = null
        where id = $1 and state = 0 and source_id is not null returning account_id
        """,
        media,
    )


async def change(tx: Tx, who: AccountId, change: Change, still: Thumbnail | None) -> bool:
    """Write what is said anew of a file that hangs on no post; whether there is one."""
    focus = None if change.focus is UNSET else change.focus
    return bool(
        await tx.run(
            """
            update media_attachments
            set description = case when $3 then $4 else description end, focus_x = coalesce($5, focus_x),
                focus_y = coalesce($6, focus_y), small_id = coalesce($7, small_id),
                blurhash = case when $7::bigint is null then blurhash else $8 end,
                meta = meta || $9::text::jsonb
            where id = $1 and account_id = $2 and post_id is null
            """,
            change.id,
            who,
            change.description is not UNSET,
            None if change.description is UNSET else change.description,
            *(focus or (None, None)),
            None if still is None else still.small_id,
            None if still is None else still.blurhash,
            as_json({} if still is None else still.meta),
        )
    )


async def remove(tx: Tx, who: AccountId, media: MediaId) -> bool:
    """Remove a file that nothing uses; whether there was one."""
    return bool(
        await tx.run(
            """
            delete from media_attachments
            where id = $1 and account_id = $2 and post_id is null and scheduled_id is null
            """,
            media,
            who,
        )
    )


async def sweep(tx: Tx, before: datetime, batch: int) -> int:
    """Remove files that have hung on nothing since before this moment. Gives how many."""
    return await tx.run(
        """
        delete from media_attachments where id in (
            select id from media_attachments
            where post_id is null and scheduled_id is null and coalesce(loose_since, created_at) < $1
            order by coalesce(loose_since, created_at) limit $2 for update skip locked
        )
        """,
        before,
        batch,
    )


async def withdraw(tx: Tx, who: AccountId, batch: int) -> int:
    """Remove a batch of somebody's files. Gives how many."""
    return await tx.run(
        "delete from media_attachments where id in (select id from media_attachments where account_id = $1 limit $2)",
        who,
        batch,
    )
