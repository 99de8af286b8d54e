"""Which part of a file is asked for.

Spec: rfc9110 14.2; of several ranges at once, as of what cannot be read, the whole file is given.
"""

import re

_ONE = re.compile(r"bytes=\s*(\d{0,18})\s*-\s*(\d{0,18})\s*", re.IGNORECASE)


class Unsatisfiable(Exception):
    """The part that is asked for lies behind the end."""


def part(header: str, size: int) -> tuple[int, int] | None:
    """First byte and the one after the last; None for the whole file. Raises Unsatisfiable."""
    found = _ONE.fullmatch(header.strip())
    if found is None or found[1] == found[2] == "":
        return None
    if not found[1]:
        length = min(int(found[2]), size)
        if not length:
            raise Unsatisfiable
        return size - length, size
    start = int(found[1])
    if found[2] and int(found[2]) < start:
        return None
    if start >= size:
        raise Unsatisfiable
    return start, min(int(found[2]) + 1, size) if found[2] else size
