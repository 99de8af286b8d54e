"""What a received message claims, whichever form it uses."""

import re
from datetime import datetime

from marula.base.crypto.signatures import cavage, rfc9421
from marula.base.crypto.signatures.message import Claim, Message


def covers(message: Message, header: str) -> bool:
    """Whether a header, named in lower case, is under the signature of the message; of several, the first."""
    if "signature-input" in message.headers:
        return f'"{header}"' in message.headers["signature-input"].partition(")")[0]
    listed = re.search(r'headers="([^"]*)"', message.headers.get("signature", ""))
    return listed is not None and header in listed[1].lower().split()


def claims(message: Message, now: datetime) -> list[Claim]:
    """What the message claims, at most five; none when it is not signed. Each is still to be proven by its key.

    The body, if there is one, is compared with its signed digest; time and cover are checked.
    Raises: Malformed, Unacceptable.
    """
    if "signature-input" in message.headers:
        return rfc9421.read(message, now)
    return [cavage.read(message, now)] if "signature" in message.headers else []
