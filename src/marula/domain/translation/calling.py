"""What all calls to services of translation share."""

from datetime import timedelta
from typing import TypeVar

import msgspec

from marula.base.kernel.errors import Unreachable
from marula.base.net import Answer, Limits
from marula.base.observe import logs

log = logs.logger("translation")
T = TypeVar("T")

LIMITS = Limits(size=2 * 1024 * 1024, time=timedelta(seconds=20), redirects=0)


def read(decoder: msgspec.json.Decoder[T], answer: Answer) -> T:
    """What a service answered. Raises Unreachable for anything but an answer, and logs what came instead."""
    if answer.status != 200:
        log.warning("the translation service refuses", url=answer.url, status=answer.status)
        raise Unreachable
    try:
        return decoder.decode(answer.body)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        log.warning("the translation service sends what makes no sense", url=answer.url, why=str(error))
        raise Unreachable from error
