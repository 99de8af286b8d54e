"""The SQL of permits: what not everybody may do with a post, and answers that wait for consent."""

from collections.abc import Sequence

import msgspec

from marula.base.db import Tx
from marula.base.kernel.ids import PostId
from marula.domain.posts.types import Permit, Visibility


async def replace_permits(tx: Tx, post: PostId, permits: Sequence[Permit]) -> None:
    """Exactly these permits."""
    await tx.run(
        """
        with gone as (delete from post_permits where post_id = $1 and deed <> all($2::smallint[]))
        insert into post_permits (post_id, deed, automatic, manual)
        select $1, p.deed, array(select jsonb_array_elements_text(p.automatic::jsonb)),
               array(select jsonb_array_elements_text(p.manual::jsonb))
        from unnest($2::smallint[], $3::text[], $4::text[]) as p (deed, automatic, manual)
        on conflict (post_id, deed) do update set automatic = excluded.automatic, manual = excluded.manual
        """,
        post,
        [one.deed for one in permits],
        [msgspec.json.encode(one.automatic).decode() for one in permits],
        [msgspec.json.encode(one.manual).decode() for one in permits],
    )


async def approve(tx: Tx, post: PostId, stamp: str | None) -> bool:
    """Keep where its parent's author approves an answer of ours, None for nowhere. Says whether that is new."""
    return bool(
        await tx.value(
            """
            update posts set approved_by = $2, version = version + 1
            where id = $1 and local and approved_by is distinct from $2 returning id
            """,
            post,
            stamp,
        )
    )


async def hold_back(tx: Tx, post: PostId, visibility: Visibility, held: Visibility | None) -> None:
    """Change how far a post reaches now, and once it is approved: a new version."""
    await tx.run(
        "update posts set visibility = $2, held_visibility = $3, version = version + 1 where id = $1",
        post,
        visibility,
        held,
    )
