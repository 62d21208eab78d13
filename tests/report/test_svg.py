import re
from xml.etree import ElementTree as ET

import numpy as np
import pytest

from seqloom.report.figure_data import Axis, Line, Panel
from seqloom.report.figures import draw_panel
from seqloom.report.palette import LIGHT
from seqloom.report.svg import to_svg


def drawn(label: str = "load", **more) -> str:
    line = Line(x=np.arange(50), y=np.sin(np.arange(50)))
    return to_svg(draw_panel(Panel(marks=(line,), y=Axis(label=label))), salt="s", **more)


def test_the_drawing_is_one_element():
    """There is no prologue, no metadata and no style sheet that would reach the rest of the page."""
    svg = drawn()
    assert svg.startswith("<svg")
    assert not re.search(r"<(\?xml|!DOCTYPE|metadata|style)", svg)


def test_colours_come_from_the_page():
    """A themed drawing holds no colour of its own."""
    svg = drawn()
    assert "var(--model)" in svg
    assert not re.search(r"#[0-9a-f]{6}", svg)


def test_colours_can_be_kept():
    """Without a theme the light palette is written out."""
    assert LIGHT["model"] in drawn(themed=False)


@pytest.mark.parametrize("label", ["<script>alert(1)</script>", "a & b", "$x^2$", r"$\frac", '"quoted"'])
def test_names_are_only_text(label):
    """A name is neither markup nor mathematics."""
    texts = [element.text for element in ET.fromstring(drawn(label)).iter() if element.tag.endswith("text")]  # noqa: S314 - written by us
    assert label in texts


def test_letters_the_measuring_font_lacks_are_no_trouble():
    """A name in another script is drawn without a warning."""
    assert "負荷" in drawn("負荷")


def test_every_reference_has_its_target():
    """Identifiers that are pointed to are kept, all others are gone."""
    svg = drawn()
    targets = set(re.findall(r' id="([^"]+)"', svg))
    assert targets == set(re.findall(r'(?:href="#|url\(#)([^")]+)', svg))


def test_two_drawings_share_no_identifier():
    """Drawings with different salts can stand in one page."""
    drawing = Panel(marks=(Line(x=(0.0, 1.0), y=(0.0, 1.0)),))
    one, other = (set(re.findall(r' id="([^"]+)"', to_svg(draw_panel(drawing), salt=salt))) for salt in "ab")
    assert one
    assert not one & other


def test_the_same_figure_gives_the_same_text():
    """Nothing in a drawing depends on when it was made."""
    assert drawn() == drawn()
