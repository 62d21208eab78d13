"""Single units."""

import numpy as np

from seqloom.explain import States, telling_units, text_facts


def test_the_planted_unit_is_found():
    """The one that goes with a fact most closely, whichever way."""
    rng = np.random.default_rng(0)
    values = rng.normal(size=(200, 5))
    facts = {"down": -values[:, 3] + rng.normal(0, 0.1, 200), "flat": np.ones(200), "unknown": np.full(200, np.nan)}
    states = States(values, np.zeros(200, np.int64), np.arange(200), np.array([200]), 5)
    (one,) = telling_units(states, facts)
    assert (one.unit, one.fact) == (3, "down")
    assert one.correlation < -0.95


def test_quotations_brackets_words_and_lines_are_counted():
    """Character by character, from the beginning of each sequence."""
    text = 'a "b" (c)\nd'
    facts = text_facts(list(text + "x"), np.array([0] * len(text) + [1]))
    assert facts["inside a quotation"].tolist() == [0, 0, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0]
    assert facts["inside brackets"].tolist() == [0, 0, 0, 0, 0, 0, 1, 1, 0, 0, 0, 0]
    assert facts["letters since the line began"].tolist() == [1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1, 1]
    assert facts["letters since the last space"][:5].tolist() == [1, 0, 1, 2, 3]
