"""The SQL of counters: how often a post was answered, boosted, liked and quoted, here and as its own server says."""

from collections.abc import Sequence

from marula.base.db import Tx
from marula.base.kernel.ids import PostId
from marula.domain.posts.types import Totals

ELSEWHERE = {
    "replies_count": "replies_elsewhere",
    "reblogs_count": "reblogs_elsewhere",
    "favourites_count": "favourites_elsewhere",
}
"""Counters, and where it is kept what the server of the post counts."""


async def count(tx: Tx, post: PostId, column: str, delta: int) -> None:
    """Change one counter of a post: replies_count, reblogs_count, favourites_count, quotes_count, reactions_count."""
    await tx.run(f"update post_stats set {_counted(column)} where post_id = $1", post, delta)


async def count_marks(tx: Tx, posts: Sequence[PostId], column: str, delta: int) -> None:
    """Change one counter of several posts. The rows are locked in one order, so that two of these cannot block."""
    await tx.run(
        f"""
        with held as (
            select post_id from post_stats where post_id = any($1::bigint[]) order by post_id for no key update
        )
        update post_stats s set {_counted(column)} from held where s.post_id = held.post_id
        """,
        posts,
        delta,
    )


async def put_totals(tx: Tx, post: PostId, totals: Totals) -> None:
    """Keep what the server of a post counts; what it does not say stays."""
    await tx.run(
        """
        update post_stats set replies_elsewhere = coalesce($2, replies_elsewhere),
               reblogs_elsewhere = coalesce($3, reblogs_elsewhere),
               favourites_elsewhere = coalesce($4, favourites_elsewhere)
        where post_id = $1 and exists (select from posts where id = $1 and not local)
        """,
        post,
        totals.replies,
        totals.reblogs,
        totals.favourites,
    )


def _counted(column: str) -> str:
    """A counter changed by $2; and with it what the server of the post counted, until that is asked for again."""
    changed = f"{column} = greatest(0, {column} + $2)"
    there = ELSEWHERE.get(column)
    if there is None:
        return changed
    return f"{changed}, {there} = case when {there} is not null then greatest(0, {there} + $2) end"
