"""Posts to come, as their author sees them.

Spec: Mastodon documentation, entities/ScheduledStatus
"""

from marula.domain.posts import PollAsked
from marula.domain.scheduling import Scheduled
from marula.entities import ScheduledParams, ScheduledPoll, ScheduledStatus
from marula.entities.scalars import datetime_text

APP_THAT_IS_GONE = 0
"""What stands for the program of a post to come when that program was removed: clients expect a number."""


def scheduled_status(waiting: Scheduled) -> ScheduledStatus:
    """One post to come, with what was asked."""
    asked = waiting.asked
    return ScheduledStatus(
        id=str(waiting.id),
        scheduled_at=datetime_text(waiting.scheduled_at),
        params=ScheduledParams(
            text=asked.text,
            poll=None if asked.poll is None else _poll(asked.poll),
            media_ids=None,
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
        media_attachments=[],
    )


def _poll(asked: PollAsked) -> ScheduledPoll:
    return ScheduledPoll(
        options=list(asked.options),
        expires_in=asked.expires_in or 0,
        multiple=asked.multiple,
        hide_totals=asked.hide_totals,
    )
