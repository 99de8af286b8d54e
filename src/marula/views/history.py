"""The versions of a post.

Spec: Mastodon documentation, entities/StatusEdit
"""

import msgspec

from marula.base.db import Connection
from marula.domain import posts
from marula.domain.context import Context
from marula.domain.posts import Post
from marula.entities import Account, EditedPoll, EditedPollOption, StatusEdit, rendered
from marula.entities.scalars import datetime_text
from marula.views.account import account
from marula.views.emoji import Emojis
from marula.views.fragments import encode
from marula.views.rendered import Rendered, listed


async def history(ctx: Context, db: Connection, post: Post) -> Rendered[list[StatusEdit]]:
    """All versions of a post that the viewer may read, the first one first."""
    author = rendered(Account, (await account(ctx, db, post.account_id)).data)
    emojis = await Emojis.local(ctx)
    return listed(
        Rendered[StatusEdit](
            encode(
                StatusEdit(
                    content=row["html"],
                    spoiler_text=row["spoiler_text"],
                    sensitive=row["sensitive"],
                    created_at=datetime_text(row["created_at"]),
                    account=author,
                    poll=_poll(row["poll_options"]),
                    media_attachments=[],
                    emojis=emojis.used(row["html"], row["spoiler_text"], *(row["poll_options"] or ())),
                    quote=None,
                )
            )
        )
        for row in await posts.history(db, post.id)
    )


def _poll(options: list[str] | None) -> EditedPoll | msgspec.UnsetType:
    if options is None:
        return msgspec.UNSET
    return EditedPoll(options=[EditedPollOption(title=option) for option in options])
