"""Figures as SVG: text stays text, colours come from the page."""

import io
import re
import warnings
from collections.abc import Iterator
from xml.etree import ElementTree as ET

from matplotlib.figure import Figure

from seqloom.report.figures import house_style
from seqloom.report.palette import LIGHT

_LONG_NUMBER = re.compile(r"-?\d+\.\d{2,}")
_NAMES = {colour: name for name, colour in LIGHT.items()}
_COLOUR = re.compile("|".join(_NAMES))


def to_svg(drawing: Figure, *, salt: str, themed: bool = True) -> str:
    """The figure as an SVG element to be placed in a page.

    Letters are text in the page's own font. Coordinates are kept to a tenth of a point, what stretches
    pictures exactly. With `themed`, the colours of
    the light palette become the page's variables (`var(--model)`), so that one drawing serves light and dark paper.

    Args:
        drawing: the figure.
        salt: makes the identifiers inside unlike those of every other drawing of the page.
        themed: whether colours come from the page.

    Returns:
        One `<svg>` element without prologue, metadata or style sheet.
    """
    root = ET.fromstring(_written(drawing, salt))  # noqa: S314 - matplotlib wrote it a line ago
    for parent in list(root.iter()):
        for child in list(parent):
            if _plain_name(child.tag) in ("metadata", "style"):
                parent.remove(child)
    used = set(_references(root))
    for element in root.iter():
        element.tag = _plain_name(element.tag)
        element.attrib = dict(_attributes(element, used, themed=themed))
        if element.tag != "text":
            element.text = None
        element.tail = None
    view = root.attrib["viewBox"]
    root.attrib = {"viewBox": view, "xmlns": "http://www.w3.org/2000/svg"}
    return ET.tostring(root, encoding="unicode")


def _written(drawing: Figure, salt: str) -> str:
    text = io.StringIO()
    with house_style(**{"svg.hashsalt": salt}), warnings.catch_warnings():
        # The page's fonts have the letters that the font used for measuring lacks.
        warnings.filterwarnings("ignore", message=r"Glyph .* missing from")
        drawing.savefig(text, format="svg", transparent=True, metadata={"Date": None, "Creator": None})
    return text.getvalue()


def _plain_name(name: str) -> str:
    return name.rpartition("}")[2]


def _references(root: ET.Element) -> Iterator[str]:
    for element in root.iter():
        for name, value in element.attrib.items():
            if _plain_name(name) == "href":
                yield value.removeprefix("#")
            elif value.startswith("url(#"):
                yield value[len("url(#") : -1]


def _attributes(element: ET.Element, used: set[str], *, themed: bool) -> Iterator[tuple[str, str]]:
    for name, value in element.attrib.items():
        if name == "id" and value not in used:
            continue
        if name == "style":
            yield "style", _style(value, themed=themed)
        elif name == "transform" and value.startswith("matrix"):
            yield name, _LONG_NUMBER.sub(lambda number: f"{float(number[0]):.7g}", value)
        elif name in ("d", "x", "y", "transform", "width", "height"):
            yield name, _LONG_NUMBER.sub(lambda number: f"{float(number[0]):.1f}", " ".join(value.split()))
        else:
            yield _plain_name(name), value


def _style(style: str, *, themed: bool) -> str:
    parts = [part.strip() for part in style.split(";") if "font-family" not in part]
    text = ";".join(part.replace(": ", ":") for part in parts)
    return _COLOUR.sub(lambda colour: f"var(--{_NAMES[colour[0]]})", text) if themed else text
