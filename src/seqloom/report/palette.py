"""The colours of the report: one set for light paper, one for dark, both told apart by colour-blind readers.

The series follow Okabe and Ito (2008, "Color Universal Design"), darkened on light paper and lightened on dark paper
so that every line has a contrast of at least 3 to 1 with it.
"""

from collections.abc import Mapping
from types import MappingProxyType

LIGHT: Mapping[str, str] = MappingProxyType(
    {
        "paper": "#ffffff",
        "raised": "#f6f7f9",
        "text": "#1b1f24",
        "muted": "#5d6570",
        "faint": "#e2e5e9",
        "shadow": "#d5d9de",
        "truth": "#23282e",
        "model": "#0a66b2",
        "history": "#838b96",
        "reference": "#767f8b",
        "first": "#cf4a08",
        "second": "#00805a",
        "third": "#a63f86",
        "fourth": "#a87400",
        "fifth": "#2d8fc4",
        "sixth": "#7b5a3c",
        "good": "#007a55",
        "poor": "#b93a06",
    }
)

DARK: Mapping[str, str] = MappingProxyType(
    {
        "paper": "#14171b",
        "raised": "#1c2025",
        "text": "#e5e8ec",
        "muted": "#9da5b0",
        "faint": "#2d333b",
        "shadow": "#05070a",
        "truth": "#f1f3f5",
        "model": "#5fb3ff",
        "history": "#8a929d",
        "reference": "#858e9a",
        "first": "#ff8f5e",
        "second": "#43cf9c",
        "third": "#e58fd0",
        "fourth": "#e9bd45",
        "fifth": "#96d9fb",
        "sixth": "#cda883",
        "good": "#43cf9c",
        "poor": "#ff8f5e",
    }
)


def variables(selector: str) -> str:
    """The palette as variables of a style sheet: light, and dark where the reader's screen is.

    Args:
        selector: what carries the variables, such as `:root`.
    """
    light, dark = (" ".join(f"--{name}: {colour};" for name, colour in palette.items()) for palette in (LIGHT, DARK))
    return f"{selector} {{ {light} }}\n@media screen and (prefers-color-scheme: dark) {{ {selector} {{ {dark} }} }}\n"
