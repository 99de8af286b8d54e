"""The SQL of media."""

from collections.abc import Sequence
from typing import Any

import msgspec

from marula.base.db import Connection, Row, Tx
from marula.base.kernel.ids import AccountId, PostId
from marula.domain.media import rules
from marula.domain.media.types import Attachment, Kind, RemoteFile, State

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
        [msgspec.json.encode(rules.remote_meta(one)).decode() for one in files],
        [None if (point := rules.focus(one.focus)) is None else point[0] for one in files],
        [None if (point := rules.focus(one.focus)) is None else point[1] for one in files],
        tx.now,
    )


def _short(text: str | None, most: int) -> str | None:
    """A text that is not too long and can be kept; anything else is nothing."""
    return text if text and len(text) <= most and "\x00" not in text else None
