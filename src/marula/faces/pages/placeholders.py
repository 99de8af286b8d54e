"""What is shown of a picture until it is there, or while it is covered: its colours, as a small drawing in the page.

Spec: the algorithm described at github.com/woltapp/blurhash, Algorithm.md
"""

from functools import lru_cache
from math import cos, pi
from typing import TypeAlias

from markupsafe import Markup

DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz#$%*+,-.:;=?@[]^_{|}~"
ACROSS, DOWN = 6, 4
"""Fields of the drawing. The style sheet blurs them into each other."""

Light: TypeAlias = tuple[float, float, float]


@lru_cache(maxsize=512)
def placeholder(blurhash: str | None) -> Markup:
    """The drawing of a blurhash; nothing where there is none, or where it is not one."""
    waves = _waves(blurhash or "")
    if not waves:
        return Markup("")
    fields = Markup("").join(
        Markup('<rect x="{}" y="{}" width="1.1" height="1.1" fill="{}"></rect>').format(x, y, _color(waves, x, y))
        for y in range(DOWN)
        for x in range(ACROSS)
    )
    return Markup(
        '<svg class="blur" viewBox="0 0 {} {}" preserveAspectRatio="none" aria-hidden="true">{}</svg>'
    ).format(ACROSS, DOWN, fields)


def _waves(blurhash: str) -> list[list[Light]]:
    """The waves of light, by rows and columns; none when this is no blurhash."""
    numbers = [DIGITS.find(letter) for letter in blurhash]
    if len(numbers) < 6 or min(numbers) < 0:
        return []
    columns, rows = numbers[0] % 9 + 1, numbers[0] // 9 + 1
    if rows > 9 or len(numbers) != 4 + 2 * columns * rows:
        return []
    most = (numbers[1] + 1) / 166
    mean = _number(numbers[2:6])
    found: list[Light] = [(_linear(mean >> 16 & 255), _linear(mean >> 8 & 255), _linear(mean & 255))]
    for place in range(6, len(numbers), 2):
        value = _number(numbers[place : place + 2])
        found.append((_wave(value // 361, most), _wave(value // 19 % 19, most), _wave(value % 19, most)))
    return [found[row * columns : (row + 1) * columns] for row in range(rows)]


def _number(digits: list[int]) -> int:
    number = 0
    for digit in digits:
        number = number * 83 + digit
    return number


def _linear(part: int) -> float:
    share = part / 255
    return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4


def _wave(cell: int, most: float) -> float:
    share = (cell - 9) / 9
    return share * abs(share) * most


def _color(waves: list[list[Light]], x: int, y: int) -> str:
    """The colour in the middle of a field."""
    light = [0.0, 0.0, 0.0]
    for row, line in enumerate(waves):
        for column, wave in enumerate(line):
            share = cos(pi * column * (x + 0.5) / ACROSS) * cos(pi * row * (y + 0.5) / DOWN)
            light = [value + share * part for value, part in zip(light, wave, strict=True)]
    return "#" + "".join(f"{_bent(value):02x}" for value in light)


def _bent(light: float) -> int:
    share = min(1.0, max(0.0, light))
    return int((share * 12.92 if share <= 0.0031308 else 1.055 * share ** (1 / 2.4) - 0.055) * 255 + 0.5)
