"""Timelines: the home feed of each local person, kept as rows, and the feeds that are read from the posts.

A post is written into the home feeds of its author's local followers by one set-based statement in a job. Feeds hold
the newest 800 entries; those of people who stayed away are dropped and built anew when they return.

Tables owned: home_entries, home_feeds, markers.
"""

from marula.domain.timelines.actions import mark, return_home
from marula.domain.timelines.events import FeedWanted
from marula.domain.timelines.store.home import home, home_state
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

__all__ = [
    "FeedWanted",
    "Marker",
    "ProfileFilter",
    "PublicFilter",
    "TagFilter",
    "boosted_by",
    "home",
    "home_state",
    "mark",
    "marker",
    "markers",
    "profile",
    "public",
    "reactions",
    "return_home",
    "tag",
    "thread",
]
