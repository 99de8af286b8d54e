"""The colours are legible in every theme, and the pages use tokens and nothing else."""

import gzip
import re

import pytest

from tests.faces.pages.preview import PAGES

STATIC = PAGES / "static"
TOKENS = (STATIC / "tokens.css").read_text(encoding="utf-8")
STYLES = (STATIC / "pages.css").read_text(encoding="utf-8")

PAIRS = [
    ("ink", ("paper", "sheet", "well", "alarm-soft")),
    ("ink-soft", ("paper", "sheet", "well")),
    ("leaf", ("paper", "sheet", "well", "ripe-soft")),
    ("leaf-deep", ("paper", "sheet")),
    ("on-leaf", ("leaf", "leaf-deep")),
    ("on-ripe", ("ripe",)),
    ("on-ripe-soft", ("ripe-soft",)),
    ("alarm", ("paper", "sheet", "alarm-soft")),
]
MARKS = [
    ("edge", ("paper", "sheet", "well")),
    ("focus", ("paper", "sheet", "well", "ripe-soft")),
    ("alarm", ("sheet",)),
]


def colours(css: str, dark: bool) -> dict[str, str]:
    """Token → #rrggbb in one theme."""
    both = re.findall(r"--([\w-]+): light-dark\((#\w{6}), (#\w{6})\)", css)
    single = re.findall(r"--([\w-]+): (#\w{6});", css)
    return {name: deep if dark else pale for name, pale, deep in both} | dict(single)


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours. Spec: WCAG 2.2, relative luminance and contrast ratio."""

    def luminance(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def more_contrast() -> list[str]:
    """The bodies of the two blocks that raise contrast: by attribute, by the system's preference."""
    return re.findall(r"\[data-contrast=\"(?:more|standard)\"\]\)? \{(.*?)\}", TOKENS, re.DOTALL)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("more", [False, True], ids=["standard", "more"])
def test_words_and_marks_are_legible(dark: bool, more: bool) -> None:
    standard = colours(TOKENS.split(":root[data-contrast", maxsplit=1)[0], dark)
    palette = standard | (colours(more_contrast()[0], dark) if more else {})
    for pairs, least in ((PAIRS, 7 if more else 4.5), (MARKS, 3)):
        for name, grounds in pairs:
            for ground in grounds:
                ratio = contrast(palette[name], palette[ground])
                assert ratio >= least, f"{name} on {ground}: {ratio:.2f}"


def test_both_ways_to_more_contrast_say_the_same() -> None:
    attribute, preference = more_contrast()
    assert attribute.split() == preference.split()


def test_pages_use_tokens_for_every_colour() -> None:
    assert re.findall(r"#[0-9a-f]{3,8}\b|\brgba?\(|\bhsla?\(|url\(", STYLES) == []


def test_every_used_token_exists() -> None:
    defined = set(re.findall(r"(--[\w-]+):", TOKENS + STYLES))
    assert set(re.findall(r"var\((--[\w-]+)", TOKENS + STYLES)) <= defined


def test_directions_are_logical() -> None:
    """Right-to-left works by itself when nothing says left or right."""
    assert re.findall(r"(?:margin|padding|border|inset)-(?:left|right)|text-align: (?:left|right)|float:", STYLES) == []


def test_the_styles_are_small() -> None:
    assert len(gzip.compress((TOKENS + STYLES).encode())) < 14_000


@pytest.mark.parametrize("drawing", ["mark.svg", "sprig.svg", "icons.svg"])
def test_drawings_bring_no_code_and_no_style(drawing: str) -> None:
    svg = (STATIC / drawing).read_text(encoding="utf-8")
    assert re.findall(r"<script|<style|style=|\son\w+=|href=", svg) == []


def test_every_icon_that_a_template_names_is_drawn() -> None:
    drawn = set(re.findall(r'<symbol id="([\w-]+)"', (STATIC / "icons.svg").read_text(encoding="utf-8")))
    named = {
        name
        for template in (PAGES / "templates").glob("*.html")
        for name in re.findall(r'icon\("([\w-]+)"', template.read_text(encoding="utf-8"))
    }
    assert named | {"unlisted", "private", "direct", "boost", "quote", "favourite"} <= drawn
