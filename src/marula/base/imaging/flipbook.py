"""Pictures that move, frame by frame, for ffmpeg, which cannot read all of their formats."""

import math
from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise
from typing import Any

from marula.base.imaging.ffmpeg import Frames
from marula.base.imaging.opened import Opened, shown

SHORTEST, USUAL = 11, 100
"""Milliseconds: browsers show frames that are to be shorter than the first for the second."""

TICK = 20
"""Milliseconds that no two frames are closer to each other than, where frames last differently long."""

OFTEN = 10
"""How often a frame is repeated at most, on average."""

ALIKE = 2
"""Milliseconds that frames may differ in without anybody seeing it."""


def flipbook(picture: Opened) -> Frames:
    """The picture's frames, each as often as it takes to be shown for as long as it should be."""
    delays = [delay if delay >= SHORTEST else USUAL for delay in _delays(picture)]
    if max(delays) - min(delays) <= ALIKE:
        tick, times = Fraction(sum(delays), len(delays)), [1] * len(delays)
    else:
        tick = max(Fraction(math.gcd(*delays)), Fraction(TICK), Fraction(sum(delays), OFTEN * len(delays)))
        times = _times(delays, tick)
    return Frames(picture.width, picture.height, 1000 / tick, sum(times), _pixels(picture, times))


def _delays(picture: Opened) -> list[int]:
    told: Any = picture.image.get("delay") if picture.image.get_typeof("delay") else []
    return [*told, *[USUAL] * picture.frames][: picture.frames]


def _times(delays: list[int], tick: Fraction) -> list[int]:
    """How many ticks each frame is shown, so that none drifts from its time; each is seen once at least."""
    ends = [0]
    for delay in delays:
        ends.append(ends[-1] + delay)
    return [max(1, round(end / tick) - round(start / tick)) for start, end in pairwise(ends)]


def _pixels(picture: Opened, times: list[int]) -> Iterator[bytes]:
    """From the first frame to the last; what can be seen through is white."""
    image = shown(picture.image)
    if image.hasalpha():
        image = image.flatten(background=255)
    image = image.colourspace("srgb")
    for number, often in enumerate(times):
        frame: bytes = image.crop(0, number * picture.height, picture.width, picture.height).write_to_memory()
        for _ in range(often):
            yield frame
