import numpy as np

from seqloom.report.figures_translate import attention_figure, quality_by_length, shown
from seqloom.sequence import Alignment


def test_attention_has_a_cell_for_each_symbol_and_token():
    """Rows are symbols from top to bottom, the end last; columns tokens of the source."""
    weights = np.array([[0.9, 0.1], [0.25, 0.75]], np.float32)
    (panel,) = attention_figure([Alignment(("▁ein", "▁Hund"), ("▁dog",), weights)]).panels
    assert (panel.x.labels, panel.y.labels) == (("ein", "Hund"), ("dog", "(end)"))
    (cells,) = panel.marks
    found = {(x, y): share for x, y, share in zip(cells.x, cells.y, cells.share, strict=True)}
    assert found == {(0, 0): 0.9, (1, 0): 0.1, (0, 1): 0.25, (1, 1): 0.75}


def test_words_are_shown_as_they_are():
    """Tokens without spaces of their own have nothing to be marked."""
    assert shown(("zwei", "Männer", ".")) == ("zwei", "Männer", ".")
    assert shown(("▁Renn", "rad", "-", "▁.")) == ("Renn", "·rad", "-", ".")


def test_bars_stand_for_groups_of_lengths():
    """As wide as the group."""
    (panel,) = quality_by_length(np.array([5.5, 7.5]), np.array([30.0, 20.0]), 2.0).panels
    assert (panel.marks[0].x, panel.marks[0].y, panel.marks[0].width) == ((5.5, 7.5), (30.0, 20.0), 2.0)
