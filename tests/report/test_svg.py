import re
from xml.etree import ElementTree as ET

import numpy as np
import pytest

from seqloom.report.figure_data import Axis, Heat, Line, Panel
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


@pytest.mark.parametrize("columns", [7, 233, 1001])
def test_a_picture_is_as_wide_as_its_panel(columns):
    """However many columns it has: the last of them stands within the frame."""
    places = np.arange(columns, dtype=np.float64)
    heat = Heat(name="effect", ink="model", x=places, y=np.zeros(columns), values=places, top=float(columns))
    panel = Panel(marks=(heat,), x=Axis(limits=(-0.5, columns - 0.5)), y=Axis(kind="label", labels=("a",)))
    root = ET.fromstring(to_svg(draw_panel(panel), salt="s"))  # noqa: S314 - written by us
    (image,) = (element for element in root.iter() if element.tag.endswith("image"))
    frame = next(element for element in root.iter() if element.tag.endswith("rect"))
    factor, *_, left, _ = map(float, re.findall(r"-?[\d.]+", image.attrib["transform"]))
    assert left == pytest.approx(float(frame.attrib["x"]), abs=0.2)
    assert factor * columns == pytest.approx(float(frame.attrib["width"]), abs=0.2)
