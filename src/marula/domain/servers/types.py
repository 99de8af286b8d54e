"""The words of other servers."""

from datetime import datetime, timedelta

import msgspec

DAYS = 7
"""Distinct days with failures, and no success between them, after which a server is unavailable. Spec: Mastodon."""

PROBED_EVERY = timedelta(hours=12)
"""How often something is sent to a server that is unavailable, to see whether it is back."""

FRESH = timedelta(hours=1)
"""How old what is written about a server that is well may be."""


class Health(msgspec.Struct, frozen=True, kw_only=True):
    """How another server does. `host` is as in addresses, with the port where it is not the usual one.

    `form`: the form of signatures that it is known to take, when it refused the usual one.
    """

    host: str
    first_heard_at: datetime | None = None
    last_heard_at: datetime | None = None
    last_reached_at: datetime | None = None
    last_failed_at: datetime | None = None
    last_error: str | None = None
    failing_days: int = 0
    unavailable_since: datetime | None = None
    next_probe_at: datetime | None = None
    form: str | None = None
