"""Drawing a token from its probabilities."""

import numpy as np
import pytest

from seqloom.errors import SettingsError
from seqloom.model import Drawing

SHARES = np.array([0.1, 0.4, 0.0, 0.3, 0.2])
LOGITS = np.log(np.where(SHARES > 0, SHARES, 1e-300)) + 5.0
LOGITS[2] = -np.inf


def drawn(drawing, count=20_000):
    """How often each token is drawn by evenly spaced numbers."""
    places = [drawing.draw(LOGITS, uniform) for uniform in (np.arange(count) + 0.5) / count]
    return np.bincount(places, minlength=len(LOGITS)) / count


@pytest.mark.parametrize(
    ("drawing", "expected"),
    [
        (Drawing(), SHARES),
        (Drawing(temperature=0.5), SHARES**2 / (SHARES**2).sum()),
        (Drawing(temperature=2.0), SHARES**0.5 / (SHARES**0.5).sum()),
        (Drawing(top_k=2), [0, 4 / 7, 0, 3 / 7, 0]),
        (Drawing(top_k=1), [0, 1, 0, 0, 0]),
        (Drawing(top_p=0.65), [0, 4 / 7, 0, 3 / 7, 0]),
        (Drawing(top_p=0.75), [0, 4 / 9, 0, 3 / 9, 2 / 9]),
        (Drawing(top_p=1e-9), [0, 1, 0, 0, 0]),
        (Drawing(top_k=3, top_p=0.9, temperature=1.0), [0, 4 / 9, 0, 3 / 9, 2 / 9]),
        (Drawing(top_k=99), SHARES),
    ],
)
def test_tokens_are_drawn_as_often_as_they_should_be(drawing, expected):
    """Temperature bends the probabilities, top_k and top_p cut off the improbable ones."""
    np.testing.assert_allclose(drawn(drawing), expected, atol=1e-4)  # 20,000 numbers on a grid


def test_a_token_of_no_probability_is_never_drawn():
    """Not even at the ends of the interval."""
    logits = np.array([-np.inf, 0.0, -np.inf])
    assert {Drawing().draw(logits, uniform) for uniform in (0.0, 0.5, np.nextafter(1, 0))} == {1}


@pytest.mark.parametrize(
    ("choices", "message"),
    [
        ({"temperature": 0.0}, "temperature: expected a number above 0, came 0"),
        ({"temperature": float("nan")}, "temperature: expected a number above 0, came nan"),
        ({"top_k": 0}, "top_k: expected at least 1, came 0"),
        ({"top_p": 1.5}, "top_p: expected a share above 0, at most 1, came 1.5"),
        ({"beam": 0}, "beam: expected at least 1, came 0"),
        ({"seed": -1}, "seed: expected a number of at least 0, came -1"),
        ({"beam": 2, "top_k": 5}, "beam: expected a search without chance, came a temperature, top_k or top_p"),
    ],
)
def test_numbers_that_cannot_be_are_refused(choices, message):
    """Each is one line that says what was expected."""
    with pytest.raises(SettingsError, match=message):
        Drawing(**choices)
