"""Posts to come, as their author sees them.

Spec: Mastodon documentation, entities/ScheduledStatus
"""

from collections.abc import Mapping, Sequence

from marula.base.db import Connection
from marula.domain.context import Context
from marula.domain.posts import PollAsked
from marula.domain.scheduling import Scheduled
from marula.entities import MediaAttachment, ScheduledParams, ScheduledPoll, ScheduledStatus
from marula.entities.scalars import datetime_text
from marula.views import store
from marula.views.media import attachments

APP_THAT_IS_GONE = 0
"""What stands for the program of a post to come when that program was removed: clients expect a number."""


async def scheduled_statuses(ctx: Context, db: Connection, waiting: Sequence[Scheduled]) -> list[ScheduledStatus]:
    """Posts to come, each with what was asked. Costs: one statement when one of them has files."""
    held = [one.id for one in waiting if one.asked.media_ids]
    files = await store.held_media(db, held) if held else {}
    return [_entity(one, {file.id: file for file in attachments(ctx, files.get(one.id))}) for one in waiting]


def _entity(waiting: Scheduled, files: Mapping[str, MediaAttachment]) -> ScheduledStatus:
    asked = waiting.asked
    ids = list(dict.fromkeys(str(one) for one in asked.media_ids))
    return ScheduledStatus(
        id=str(waiting.id),
        scheduled_at=datetime_text(waiting.scheduled_at),
        params=ScheduledParams(
            text=asked.text,
            poll=None if asked.poll is None else _poll(asked.poll),
            media_ids=ids or None,
            sensitive=asked.sensitive,
            spoiler_text=asked.spoiler_text or None,
            visibility=asked.visibility.word,
            language=asked.language,
            in_reply_to_id=asked.in_reply_to,
            quoted_status_id=None if asked.quote_of is None else str(asked.quote_of),
            quote_approval_policy=asked.quote_policy,
            allowed_mentions=None if asked.allowed_mentions is None else list(asked.allowed_mentions),
            application_id=asked.app_id or APP_THAT_IS_GONE,
            idempotency=None,
            scheduled_at=None,
            with_rate_limit=False,
        ),
        media_attachments=[files[one] for one in ids if one in files],
    )


def _poll(asked: PollAsked) -> ScheduledPoll:
    return ScheduledPoll(
        options=list(asked.options),
        expires_in=asked.expires_in or 0,
        multiple=asked.multiple,
        hide_totals=asked.hide_totals,
    )
