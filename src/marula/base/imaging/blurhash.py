"""A picture in thirty letters: the colours that are shown until it has arrived.

Spec: the algorithm described at github.com/woltapp/blurhash, Algorithm.md
"""

import numpy
from numpy.typing import NDArray

DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz#$%*+,-.:;=?@[]^_{|}~"
COMPONENTS = 4
"""Each way. Spec: limits.json, media.blurhash_components"""


def blurhash(pixels: NDArray[numpy.uint8]) -> str:
    """The hash of these pixels: rows of columns of red, green and blue. A few dozen each way are plenty."""
    factors = _factors(_linear(pixels))
    mean, waves = factors[0], factors[1:]
    largest = float(numpy.abs(waves).max())
    scale = max(0, min(82, int(largest * 166 - 0.5)))
    share = waves / ((scale + 1) / 166)
    cells = numpy.sign(share) * numpy.sqrt(numpy.abs(share)) * 9 + 9.5
    written = [_digits((COMPONENTS - 1) * 10, 1), _digits(scale, 1), _digits(_rgb(mean), 4)]
    for red, green, blue in numpy.clip(numpy.floor(cells), 0, 18).astype(int).tolist():
        written.append(_digits((red * 19 + green) * 19 + blue, 2))
    return "".join(written)


def _linear(pixels: NDArray[numpy.uint8]) -> NDArray[numpy.float64]:
    share = pixels.astype(numpy.float64) / 255
    return numpy.where(share <= 0.04045, share / 12.92, ((share + 0.055) / 1.055) ** 2.4)


def _factors(light: NDArray[numpy.float64]) -> NDArray[numpy.float64]:
    """How much of each wave is in each colour: the mean first, then from left to right and downwards."""
    height, width, _ = light.shape
    counts = numpy.arange(COMPONENTS)[:, None]
    down = numpy.cos(numpy.pi * counts * numpy.arange(height) / height)
    across = numpy.cos(numpy.pi * counts * numpy.arange(width) / width)
    factors = numpy.einsum("jy,ix,yxc->jic", down, across, light, optimize=True) / (width * height)
    factors = factors.reshape(-1, 3)
    factors[1:] *= 2
    return factors


def _rgb(light: NDArray[numpy.float64]) -> int:
    share = numpy.clip(light, 0, 1)
    bent = numpy.where(share <= 0.0031308, share * 12.92, 1.055 * share ** (1 / 2.4) - 0.055)
    red, green, blue = (bent * 255 + 0.5).astype(int).tolist()
    return (red << 16) + (green << 8) + blue


def _digits(number: int, length: int) -> str:
    return "".join(DIGITS[number // 83**place % 83] for place in reversed(range(length)))
