"""Files of other servers, and our copies of them."""

from collections.abc import Sequence
from datetime import timedelta

from marula.base.db import Connection, Tx
from marula.base.kernel.ids import AccountId, BlobId, MediaId, PostId
from marula.domain.media import rules
from marula.domain.media.store.columns import as_json, of_made
from marula.domain.media.types import (
    Kind,
    Made,
    Remote,
    RemoteFile,
    State,
    Thumbnail,
)


async def remote(db: Connection, media: MediaId) -> Remote | None:
    """A file of another server."""
    row = await db.one(
        """
        select m.id, a.domain, m.remote_url as url, m.preview_remote_url as preview_url, m.kind, m.state,
               mo.key as original, ms.key as small, m.fetch_attempts as attempts, m.fetch_after as waits_until
        from media_attachments m join accounts a on a.id = m.account_id
        left join blobs mo on mo.id = m.original_id left join blobs ms on ms.id = m.small_id
        where m.id = $1 and m.remote_url is not null
        """,
        media,
    )
    if row is None:
        return None
    values = dict(row)
    values |= {"kind": Kind(row["kind"]), "state": State(row["state"])}
    return Remote(**values)


async def claim(tx: Tx, media: MediaId, given_up: timedelta) -> bool:
    """Say that this process fetches a file. False when another one does, or it is to be left alone for a while."""
    return bool(
        await tx.run(
            """
            update media_attachments set fetching_since = $2
            where id = $1 and state < 2 and (fetching_since is null or fetching_since < $2::timestamptz - $3::interval)
              and (fetch_after is null or fetch_after <= $2)
            """,
            media,
            tx.now,
            given_up,
        )
    )


async def keep_remote(tx: Tx, media: MediaId, made: Made) -> bool:
    """Write what is kept here of a file of another server. False when it is gone, or not wanted any more."""
    return bool(
        await tx.run(
            """
            update media_attachments
            set kind = $2, state = 1, original_id = $3, small_id = coalesce(small_id, $4), content_type = $5,
                blurhash = coalesce($6, blurhash), meta = meta || $7::text::jsonb, fetching_since = null,
                fetch_after = null, fetch_attempts = 0
            where id = $1 and state < 2
            """,
            media,
            *of_made(made),
        )
    )


async def keep_still(tx: Tx, media: MediaId, still: Thumbnail) -> bool:
    """Write the picture that stands for a film or a sound of another server. False when it is not wanted any more."""
    return bool(
        await tx.run(
            """
            update media_attachments
            set small_id = $2, blurhash = coalesce($3, blurhash), meta = meta || $4::text::jsonb,
                fetching_since = null, fetch_after = null
            where id = $1 and state < 2
            """,
            media,
            still.small_id,
            still.blurhash,
            as_json(still.meta),
        )
    )


async def postpone(tx: Tx, media: MediaId, pause: timedelta, most: int) -> None:
    """Note that a file could not be had, and leave it alone for a while; after so many attempts for good."""
    await tx.run(
        """
        update media_attachments
        set fetching_since = null, fetch_after = $2::timestamptz + $3::interval, fetch_attempts = fetch_attempts + 1,
            state = case when fetch_attempts + 1 >= $4 and original_id is null then 2 else state end
        where id = $1 and state < 2
        """,
        media,
        tx.now,
        pause,
        most,
    )


async def give_up(tx: Tx, media: MediaId, *, still: bool) -> None:
    """Note that a file of another server cannot be had, or only the picture that stands for it."""
    await tx.run(
        """
        update media_attachments
        set fetching_since = null, state = case when $2 then state else 2 end,
            preview_remote_url = case when $2 then null else preview_remote_url end
        where id = $1 and state < 2
        """,
        media,
        still,
    )


async def give_up_copies(tx: Tx, blobs: Sequence[BlobId]) -> None:
    """Keep these copies of files of other servers no more; they are fetched again when somebody looks."""
    await tx.run(
        """
        update media_attachments
        set original_id = null, small_id = case when small_id = any($1::bigint[]) then null else small_id end, state = 0
        where remote_url is not null and state < 2
          and (original_id = any($1::bigint[]) or small_id = any($1::bigint[]))
        """,
        blobs,
    )


async def fetchable(db: Connection, post: PostId) -> tuple[AccountId, list[MediaId]] | None:
    """Whose files a post of another server shows, and those of them that are not kept here."""
    row = await db.one(
        """
        select account_id, array_agg(id order by position) as ids from media_attachments
        where post_id = $1 and position is not null and state = 0 and original_id is null and remote_url is not null
        group by account_id
        """,
        post,
    )
    return None if row is None else (row["account_id"], row["ids"])


async def reject(tx: Tx, domain: str, batch: int) -> int:
    """Keep no files of a server any more, a batch of them. Gives how many."""
    return await tx.run(
        """
        update media_attachments set state = 3, original_id = null, small_id = null
        where id in (
            select m.id from accounts a join media_attachments m on m.account_id = a.id
            where a.domain = $1 and m.state <> 3 and m.remote_url is not null limit $2
        )
        """,
        domain,
        batch,
    )


async def welcome(tx: Tx, domain: str, batch: int) -> int:
    """Let a batch of the files of a server be fetched again, which were not wanted. Gives how many."""
    return await tx.run(
        """
        update media_attachments set state = 0, fetch_after = null, fetch_attempts = 0
        where id in (
            select m.id from accounts a join media_attachments m on m.account_id = a.id
            where a.domain = $1 and m.state = 3 limit $2
        )
        """,
        domain,
        batch,
    )


async def renew(
    tx: Tx, after: MediaId, batch: int, *, account: AccountId | None, post: PostId | None, domain: str | None
) -> list[MediaId]:
    """Let a batch of the files of other servers be fetched as if for the first time; those above `after`, by id.

    Takes: whose they are, of which post, of which server; what is None does not matter.
    """
    rows = await tx.all(
        """
        with chosen as (
            select m.id from media_attachments m join accounts a on a.id = m.account_id
            where m.id > $1 and m.state <> 3 and m.remote_url is not null and m.position is not null
              and ($3::bigint is null or m.account_id = $3) and ($4::bigint is null or m.post_id = $4)
              and ($5::text is null or a.domain = $5)
            order by m.id limit $2
        ), renewed as (
            update media_attachments m
            set state = 0, original_id = null, small_id = null, fetching_since = null, fetch_after = null,
                fetch_attempts = 0
            from chosen where m.id = chosen.id returning m.id
        )
        select id from renewed order by id
        """,
        after,
        batch,
        account,
        post,
        domain,
    )
    return [row["id"] for row in rows]


async def replace_remote(tx: Tx, author: AccountId, post: PostId, files: Sequence[RemoteFile]) -> None:
    """Let a post of another server show exactly these files.

    A file that it showed before keeps its row, and what is known from its bytes; one that it shows no longer stays for
    the history of the post.
    """
    await tx.run(
        """
        with offered as (
            select o.*, nullif(o.preview, '') as preview_url from unnest(
                $3::text[], $4::text[], $5::text[], $6::smallint[], $7::smallint[], $8::text[], $9::text[],
                $10::text[], $11::float[], $12::float[]
            ) with ordinality as o (
                url, preview, content_type, kind, state, description, blurhash, meta, focus_x, focus_y, place
            )
        ), gone as (
            update media_attachments set position = null
            where post_id = $2 and position is not null and remote_url <> all($3::text[])
        ), stayed as (
            update media_attachments m
            set position = o.place - 1, description = o.description, focus_x = o.focus_x, focus_y = o.focus_y,
                blurhash = case when m.original_id is null then o.blurhash else m.blurhash end
            from offered o where m.post_id = $2 and m.remote_url = o.url
            returning m.remote_url
        )
        insert into media_attachments (account_id, post_id, position, kind, state, remote_url, preview_remote_url,
                                       content_type, description, blurhash, meta, focus_x, focus_y, created_at)
        select $1, $2, o.place - 1, o.kind, o.state, o.url, o.preview_url, o.content_type, o.description, o.blurhash,
               o.meta::jsonb, o.focus_x, o.focus_y, $13
        from offered o where not exists (
            select from media_attachments m where m.post_id = $2 and m.remote_url = o.url)
        """,
        author,
        post,
        [one.url for one in files],
        [rules.preview(one) or "" for one in files],
        [_short(one.content_type, rules.LONGEST_TYPE) for one in files],
        [rules.remote_kind(one) for one in files],
        [State.REJECTED if one.rejected else State.WAITING for one in files],
        [rules.description(one.description) for one in files],
        [_short(one.blurhash, rules.LONGEST_BLURHASH) for one in files],
        [as_json(rules.remote_meta(one)) for one in files],
        [None if (point := rules.focus(one.focus)) is None else point[0] for one in files],
        [None if (point := rules.focus(one.focus)) is None else point[1] for one in files],
        tx.now,
    )


def _short(text: str | None, most: int) -> str | None:
    """A text that is not too long and can be kept; anything else is nothing."""
    return text if text and len(text) <= most and "\x00" not in text else None
