"""Polls as a viewer sees them.

Spec: Mastodon documentation, entities/Poll
"""

from collections.abc import Sequence

import msgspec

from marula.base.db import Connection, Row
from marula.base.kernel.ids import AccountId, PostId
from marula.domain.context import Context
from marula.entities import Poll, PollOption
from marula.entities.scalars import datetime_text
from marula.views import store
from marula.views.emoji import Emojis
from marula.views.fragments import encode
from marula.views.rendered import Rendered


async def polls_of(ctx: Context, db: Connection, viewer: AccountId | None, posts: Sequence[PostId]) -> dict[int, bytes]:
    """The JSON of the polls of these posts, by post id.

    Costs: one statement, two when a poll of another server uses custom emoji.
    """
    rows = await store.polls(db, viewer, posts)
    emojis = await Emojis.within(ctx, db, ((row["domain"], row["options"]) for row in rows))
    return {row["post_id"]: encode(_entity(ctx, row, emojis, viewer)) for row in rows}


async def poll(ctx: Context, db: Connection, viewer: AccountId | None, post: PostId) -> Rendered[Poll]:
    """The poll of a post that the viewer may see."""
    return Rendered((await polls_of(ctx, db, viewer, [post]))[post])


def _entity(ctx: Context, row: Row, emojis: Emojis, viewer: AccountId | None) -> Poll:
    ends = row["expires_at"]
    expired = ends is not None and ends <= ctx.clock.now()
    hidden = row["hide_totals"] and not expired
    chosen = row["chosen"]
    return Poll(
        id=str(row["id"]),
        expires_at=None if ends is None else datetime_text(ends),
        expired=expired,
        multiple=row["multiple"],
        votes_count=sum(row["tallies"]),
        voters_count=row["voters_count"],
        options=[
            PollOption(title=title, votes_count=None if hidden else votes)
            for title, votes in zip(row["options"], row["tallies"], strict=True)
        ],
        emojis=emojis.used(*row["options"], domain=row["domain"]),
        voted=msgspec.UNSET if viewer is None else chosen is not None or viewer == row["account_id"],
        own_votes=msgspec.UNSET if viewer is None else list(chosen or ()),
    )
