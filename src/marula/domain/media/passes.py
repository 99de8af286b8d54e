"""Passes: what stands in the address of a file of another server that is to be had through this one.

Nobody can make one for a file of a post that they may not see, nor for anything else on the web.
"""

import hmac

from marula.base.kernel import ids
from marula.base.kernel.config import Config
from marula.base.kernel.ids import MediaId

SIGNED = 12
"""Bytes of the signature."""


def pass_of(config: Config, media: MediaId) -> str:
    """The pass of a file: its id and a signature."""
    return f"{media}-{_signature(config, str(media))}"


def passed(config: Config, text: str) -> MediaId | None:
    """The file that a pass is for; None when we did not make it."""
    number, _, signature = text.partition("-")
    if not hmac.compare_digest(_signature(config, number).encode(), signature.encode()):
        return None
    return ids.parse(MediaId, number)


def _signature(config: Config, number: str) -> str:
    return hmac.digest(config.secret.encode(), b"media " + number.encode(), "sha256")[:SIGNED].hex()
