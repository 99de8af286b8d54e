"""The words of refreshes."""

import enum


class Kind(enum.IntEnum):
    """What is asked for again. The numbers stand in the database."""

    PROFILE = 0
    """An account: its profile, counts, pinned and recent posts."""
    THREAD = 1
    """What belongs to the same thread as a post."""
