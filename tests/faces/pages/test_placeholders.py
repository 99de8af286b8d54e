"""The colours of pictures that are not there yet."""

import re

import numpy
import pytest

from marula.base.imaging.blurhash import blurhash
from marula.faces.pages.placeholders import placeholder


def colors(drawn: str) -> list[tuple[int, int, int]]:
    found = re.findall(r'fill="#(..)(..)(..)"', drawn)
    return [(int(red, 16), int(green, 16), int(blue, 16)) for red, green, blue in found]


def test_a_picture_of_one_colour_is_drawn_in_it() -> None:
    pixels = numpy.full((16, 24, 3), (40, 120, 200), dtype=numpy.uint8)
    assert all(
        abs(found - wanted) < 40
        for color in colors(placeholder(blurhash(pixels)))
        for found, wanted in zip(color, (40, 120, 200), strict=True)
    )


def test_what_is_light_above_is_drawn_light_above() -> None:
    pixels = numpy.zeros((16, 24, 3), dtype=numpy.uint8)
    pixels[:8] = 255
    found = colors(placeholder(blurhash(pixels)))
    assert min(found[:6]) > max(found[-6:])


@pytest.mark.parametrize("text", [None, "", "x", "LEHV6nWB", "<script>alert(1)</script>", "~" * 200, "é" * 28, "00000"])
def test_what_is_no_blurhash_is_not_drawn(text: str | None) -> None:
    assert placeholder(text) == ""


def test_a_drawing_needs_no_style_of_its_own() -> None:
    drawn = placeholder("LEHV6nWB2yk8pyo0adR*.7kCMdnj")
    assert drawn.count("<rect") == 24
    assert "style" not in drawn
