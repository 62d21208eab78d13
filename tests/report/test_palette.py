import itertools

import pytest

from seqloom.report.palette import DARK, LIGHT, variables


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast ratio as WCAG 2.2 defines it."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


LINES = ("truth", "model", "history", "reference", "first", "second", "third", "fourth", "fifth", "sixth")


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("name", LINES)
def test_every_line_stands_out_from_its_paper(palette, name):
    """Lines have a contrast of 3 to 1, which WCAG asks of graphics."""
    assert contrast(palette[name], palette["paper"]) >= 3.0


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(
    ("ink", "ground"),
    list(itertools.product(("text", "muted", "model", "good", "poor"), ("paper", "raised"))),
)
def test_every_word_can_be_read(palette, ink, ground):
    """Text has a contrast of 4.5 to 1, which WCAG asks of text."""
    assert contrast(palette[ink], palette[ground]) >= 4.5


def test_no_two_names_share_a_light_colour():
    """Drawings are made in light colours and turned back into names, so that each must be told from the others."""
    assert len(set(LIGHT.values())) == len(LIGHT)


def test_both_palettes_have_the_same_names():
    """A variable of the page has a value on light and on dark paper."""
    assert LIGHT.keys() == DARK.keys()


def test_dark_colours_are_for_screens_only():
    """Paper from a printer is always light."""
    assert "@media screen and (prefers-color-scheme: dark)" in variables(":root")
