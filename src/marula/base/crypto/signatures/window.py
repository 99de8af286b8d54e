"""When a signature counts. Spec: RFC 9421, 7.2.2 (replay); federation practice: an hour of skew"""

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from marula.base.crypto.signatures.message import Malformed, Unacceptable

SKEW = timedelta(hours=1)
USUAL = timedelta(minutes=5)
LONGEST = timedelta(hours=12)


def check_time(created: datetime, expires: datetime | None, now: datetime) -> None:
    """Refuse what was signed in the future or is over. Raises Unacceptable."""
    if created > now + SKEW:
        raise Unacceptable("signed in the future")
    end = min(expires or created + USUAL, created + LONGEST)
    if now > end + SKEW:
        raise Unacceptable("signed too long ago")


def moment(seconds: str) -> datetime:
    """A time in unix seconds. Raises Malformed."""
    try:
        return datetime.fromtimestamp(int(seconds), UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise Malformed(f"{seconds[:30]!r} is no time in seconds") from error


def date(text: str) -> datetime:
    """The time of a `Date` header. Raises Malformed. Spec: RFC 9110, 5.6.7"""
    try:
        found = parsedate_to_datetime(text)
    except (ValueError, TypeError) as error:
        raise Malformed(f"{text[:40]!r} is no date") from error
    return found if found.tzinfo is not None else found.replace(tzinfo=UTC)
