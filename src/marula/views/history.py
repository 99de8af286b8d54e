"""The versions of a post.

Spec: Mastodon documentation, entities/StatusEdit
"""

from collections.abc import Mapping, Sequence

import msgspec

from marula.base.db import Connection, Row
from marula.base.kernel.ids import AccountId
from marula.domain import accounts, posts
from marula.domain.context import Context
from marula.domain.posts import Post
from marula.entities import Account, EditedPoll, EditedPollOption, MediaAttachment, Quote, StatusEdit, rendered
from marula.entities.scalars import datetime_text
from marula.views import store
from marula.views.account import account
from marula.views.emoji import Emojis
from marula.views.fragments import encode
from marula.views.media import attachments
from marula.views.rendered import Rendered, listed
from marula.views.status import status


async def history(ctx: Context, db: Connection, viewer: AccountId | None, post: Post) -> Rendered[list[StatusEdit]]:
    """All versions of a post that the viewer may read, the first one first. What it quotes is the same in each."""
    quote = rendered(Quote, bytes(_quoting.decode((await status(ctx, db, viewer, post.id)).data).quote))
    author = rendered(Account, (await account(ctx, db, post.account_id)).data)
    wrote = await accounts.by_id(db, post.account_id)
    domain = None if wrote is None else wrote.domain
    edits = await posts.history(db, post.id)
    emojis = await Emojis.within(ctx, db, ((domain, _texts(row)) for row in edits))
    files = {file.id: file for file in attachments(ctx, await store.media_of(db, post.id))}
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
                    media_attachments=_shown(files, row["media_ids"], row["media_descriptions"]),
                    emojis=emojis.used(*_texts(row), domain=domain),
                    quote=quote,
                )
            )
        )
        for row in edits
    )


def _texts(row: Row) -> tuple[str, ...]:
    return row["html"], row["spoiler_text"], *(row["poll_options"] or ())


class _Quoting(msgspec.Struct):
    """The part of a rendered post that says what it quotes."""

    quote: msgspec.Raw


_quoting = msgspec.json.Decoder(_Quoting)


def _shown(
    files: Mapping[str, MediaAttachment], ids: Sequence[int], descriptions: Sequence[str | None]
) -> list[MediaAttachment]:
    """The files of a version, with the descriptions of then; those that are gone are left out."""
    return [
        msgspec.structs.replace(files[str(identifier)], description=description)
        for identifier, description in zip(ids, descriptions, strict=True)
        if str(identifier) in files
    ]


def _poll(options: list[str] | None) -> EditedPoll | msgspec.UnsetType:
    if options is None:
        return msgspec.UNSET
    return EditedPoll(options=[EditedPollOption(title=option) for option in options])
