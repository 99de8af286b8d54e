"""Scheduling: posts that wait for their time.

What is asked is checked as if it were posted now, kept as it was asked, and drafted anew when its time comes: then the
post is written and the row removed in one transaction. What cannot be published then is kept, with the reason, and its
author is told by mail; another time sets it going again.

Tables owned: scheduled_posts.
"""

from marula.domain.scheduling import reactions, rules
from marula.domain.scheduling.actions import cancel, reschedule, schedule
from marula.domain.scheduling.events import PostScheduled, ScheduleCancelled, ScheduledPostFailed
from marula.domain.scheduling.store import one, page_of
from marula.domain.scheduling.types import Scheduled

__all__ = [
    "PostScheduled",
    "ScheduleCancelled",
    "Scheduled",
    "ScheduledPostFailed",
    "cancel",
    "one",
    "page_of",
    "reactions",
    "reschedule",
    "rules",
    "schedule",
]
