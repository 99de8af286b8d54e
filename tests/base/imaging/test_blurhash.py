"""The letters that stand for a picture until it has arrived."""

import numpy
import pytest

from marula.base.imaging.blurhash import DIGITS, blurhash


def test_black_and_white_are_as_the_algorithm_has_them() -> None:
    assert blurhash(numpy.zeros((32, 32, 3), numpy.uint8)) == "U00000" + "fQ" * 15
    white = blurhash(numpy.full((32, 32, 3), 255, numpy.uint8))
    assert white[2:6] == "TSUA"
    assert len(white) == 36


def number(letters: str) -> int:
    value = 0
    for letter in letters:
        value = value * 83 + DIGITS.index(letter)
    return value


@pytest.mark.parametrize("colour", [(255, 0, 0), (12, 200, 99), (128, 128, 128)])
def test_the_mean_colour_comes_back(colour: tuple[int, int, int]) -> None:
    written = blurhash(numpy.full((20, 30, 3), colour, numpy.uint8))
    mean = number(written[2:6])
    assert (mean >> 16, mean >> 8 & 255, mean & 255) == colour


def test_light_on_the_left_is_a_positive_first_wave() -> None:
    pixels = numpy.zeros((32, 32, 3), numpy.uint8)
    pixels[:, :16] = 255
    written = blurhash(pixels)
    wave = number(written[6:8])
    assert wave // 19**2 == wave // 19 % 19 == wave % 19 == 18
    turned = blurhash(pixels[:, ::-1])
    assert number(turned[6:8]) == 0
