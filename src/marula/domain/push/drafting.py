"""From what a program sent to a subscription that can be kept."""

from urllib.parse import urlsplit

from marula.base.crypto import web_push
from marula.base.kernel.errors import Invalid, Problem
from marula.domain.push.types import NewSubscription, Wishes

ENDPOINT_MAX = 2048


def draft(*, endpoint: str, p256dh: str, auth: str, standard: bool, wishes: Wishes) -> NewSubscription:
    """Check the address and the keys. Raises: Invalid with every problem."""
    problems = [] if _can_be_called(endpoint) else [Problem("is not a valid https URL", "endpoint")]
    receiver = None
    try:
        receiver = web_push.receiver(p256dh, auth)
    except ValueError:
        problems.append(Problem("Keys are not valid for Web Push"))
    if problems or receiver is None:
        raise Invalid(*problems)
    return NewSubscription(endpoint=endpoint, receiver=receiver, standard=standard, wishes=wishes)


def _can_be_called(url: str) -> bool:
    """Whether this is the address of a push service. Whether it leads somewhere private is judged at each call."""
    try:
        parts = urlsplit(url)
        named = bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False
    printable = url.isascii() and url.isprintable() and " " not in url
    return parts.scheme == "https" and named and parts.username is None and printable and len(url) <= ENDPOINT_MAX
