"""Three colours drawn from a cover, that go together and can be read on each other."""

import numpy
from numpy.typing import NDArray

from marula.base.imaging.types import Colors

READABLE = 4.5
"""The contrast of text. Spec: WCAG 2.2, 1.4.3"""

VISIBLE = 3.0
"""The contrast of things that are not text. Spec: WCAG 2.2, 1.4.11"""

STEP = 32
"""How far apart two values of one colour must be to be counted apart."""

Palette = NDArray[numpy.float64]


def colors(pixels: NDArray[numpy.uint8]) -> Colors:
    """Behind: the commonest colour of the edge. In front: what can be read on it, most common first, else black or
    white. Accent: the most colourful that can be seen on it.
    """
    palette = _palette(pixels.reshape(-1, 3))
    edge = numpy.concatenate((pixels[0], pixels[-1], pixels[:, 0], pixels[:, -1]))
    background = _palette(edge)[0]
    contrasts = _contrasts(palette, background)
    readable = palette[contrasts >= READABLE]
    visible = palette[contrasts >= VISIBLE]
    foreground = readable[0] if len(readable) else _plain(background)
    accent = visible[numpy.ptp(visible, axis=1).argmax()] if len(visible) else foreground
    return Colors(_written(background), _written(foreground), _written(accent))


def _palette(pixels: NDArray[numpy.uint8]) -> Palette:
    """The mean of each group of like colours, the commonest first."""
    groups = (pixels // STEP).astype(int) @ numpy.array([64, 8, 1])
    numbers, counts = numpy.unique(groups, return_counts=True)
    order = numbers[numpy.argsort(-counts, kind="stable")]
    return numpy.array([pixels[groups == number].mean(axis=0) for number in order])


def _contrasts(palette: Palette, background: Palette) -> Palette:
    """Spec: WCAG 2.2, contrast ratio"""
    light, base = _luminance(palette), _luminance(background)
    return (numpy.maximum(light, base) + 0.05) / (numpy.minimum(light, base) + 0.05)


def _luminance(colours: Palette) -> Palette:
    """Spec: WCAG 2.2, relative luminance"""
    share = colours / 255
    linear = numpy.where(share <= 0.04045, share / 12.92, ((share + 0.055) / 1.055) ** 2.4)
    return linear @ numpy.array([0.2126, 0.7152, 0.0722])


def _plain(background: Palette) -> Palette:
    black, white = numpy.zeros(3), numpy.full(3, 255.0)
    return white if _contrasts(white, background) >= _contrasts(black, background) else black


def _written(colour: Palette) -> str:
    red, green, blue = (round(value) for value in colour.tolist())
    return f"#{red:02x}{green:02x}{blue:02x}"
