"""What a received message claims, whichever form it uses."""

from datetime import datetime

from marula.base.crypto.signatures import cavage, rfc9421
from marula.base.crypto.signatures.message import Claim, Message


def claims(message: Message, now: datetime) -> list[Claim]:
    """What the message claims, at most five; none when it is not signed. Each is still to be proven by its key.

    The body, if there is one, is compared with its signed digest; time and cover are checked.
    Raises: Malformed, Unacceptable.
    """
    if "signature-input" in message.headers:
        return rfc9421.read(message, now)
    return [cavage.read(message, now)] if "signature" in message.headers else []
