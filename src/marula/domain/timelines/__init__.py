"""Timelines: home feeds and the feeds of lists, kept as rows, and the feeds that are read from the posts.

A post is written into the home feeds of its author's local followers by one set-based statement in a job, and into the
feeds of the lists that its author is on by another. Feeds hold the newest 800 entries; those that nobody reads are
dropped and built anew when somebody returns.

Tables owned: home_entries, home_feeds, list_entries, list_feeds, markers.
"""

from marula.domain.timelines.actions import mark, return_home, return_to_list
from marula.domain.timelines.events import FeedWanted, ListFeedWanted
from marula.domain.timelines.store.home import holding as in_homes
from marula.domain.timelines.store.home import home, home_state
from marula.domain.timelines.store.lists import holding as in_lists
from marula.domain.timelines.store.lists import of_list
from marula.domain.timelines.store.lists import ready as list_ready
from marula.domain.timelines.store.markers import Marker, marker, markers
from marula.domain.timelines.store.reading import (
    ProfileFilter,
    PublicFilter,
    TagFilter,
    boosted_by,
    profile,
    public,
    tag,
    thread,
)

from marula.domain.timelines import reactions  # isort: skip - registers the jobs
from marula.domain.timelines.reactions import INTO_HOME, INTO_LISTS  # isort: skip

__all__ = [
    "INTO_HOME",
    "INTO_LISTS",
    "FeedWanted",
    "ListFeedWanted",
    "Marker",
    "ProfileFilter",
    "PublicFilter",
    "TagFilter",
    "boosted_by",
    "home",
    "home_state",
    "in_homes",
    "in_lists",
    "list_ready",
    "mark",
    "marker",
    "markers",
    "of_list",
    "profile",
    "public",
    "reactions",
    "return_home",
    "return_to_list",
    "tag",
    "thread",
]
