"""Single sequences as figures."""

import numpy as np

from seqloom.explain import Attribution
from seqloom.explain.examples_drawn import drawn_examples, series_panels, text_panel


def test_of_a_long_text_the_strongest_stretch_is_drawn():
    """In rows; each token once, in the ink of its sign."""
    panel = text_panel("a text", [f"w{k}" for k in range(500)], np.linspace(-0.5, 1, 500), ("up", "down"))
    above, below = panel.marks
    assert "w499" in above.text
    assert "w0" not in below.text
    assert len(above.text) + len(below.text) == 15 * 12


def test_a_series_stands_above_its_strips():
    """On the same steps; the features that matter most first."""
    upper, lower = series_panels(
        "s", np.zeros((5, 3)), np.ones((5, 3)), ("a", "b", "c"), np.array([2, 0]), ("up", "down")
    )
    assert upper.x.limits == lower.x.limits
    assert upper.aligned
    assert lower.aligned
    assert lower.y.labels == ("c", "a")
    assert [mark.name for mark in upper.marks] == ["c", "a"]


def test_weights_of_attention_are_drawn_as_such():
    """Below the lines that vary most, and not as if they raised a number."""
    found = Attribution("attention", "a number", (np.array([0.1, 0.9]),), names=("flat", "moving"))
    figure = drawn_examples(found, [0], ["s"], [np.array([[0.0, 1.0], [0.0, 3.0]])], None, attended=True)
    upper, lower = figure.panels
    assert figure.name == "attended-examples"
    assert upper.marks[0].name == "moving"
    assert lower.marks[0].name == "read more"
    assert "raise" not in figure.caption.split("not whether")[0]


def test_features_that_do_nothing_are_not_drawn():
    """Nor is there an empty strip for them."""
    values = np.stack([np.ones(4), np.zeros(4)], axis=1)
    found = Attribution("one", "a number", (values.sum(axis=1),), (values,), ("a", "b"))
    figure = drawn_examples(found, [0], ["s"], [np.zeros((4, 2))], None)
    assert figure.panels[1].y.labels == ("a",)
    texts = drawn_examples(found, [0], ["s"], [np.zeros((4, 0))], [("w", "x", "y", "z")])
    assert texts.panels[0].marks[0].text == ("w", "x", "y", "z")
