from dataclasses import replace

import numpy as np
import pytest


def test_errors_are_measured_in_deviations_of_the_truth(make_values):
    """An error as large as the truth's standard deviation counts 1."""
    outcome = make_values()
    values = outcome.truth + outcome.truth.std()
    outcome = replace(outcome, prediction=replace(outcome.prediction, values=values))
    np.testing.assert_allclose(outcome.errors, 1.0, rtol=1e-12)


def test_the_worst_row_comes_first(make_values):
    """Errors grow with the row, so the last row is the worst."""
    assert make_values().worst(3) == [9, 8, 7]


def test_each_sequence_is_shown_once(make_values):
    """With a value at every step the worst step of each sequence stands for it."""
    outcome = make_values(per_step=True)
    worst = outcome.worst(4)
    assert outcome.prediction.keys[worst].tolist() == ["s9", "s8", "s7", "s6"]


def test_unknown_truth_is_never_the_worst(make_values):
    """A row whose truth is not known has no error."""
    outcome = make_values()
    truth = outcome.truth.copy()
    truth[9] = np.nan
    assert replace(outcome, truth=truth).worst(1) == [8]


@pytest.mark.parametrize("level", [0.0, 5.0])
def test_a_constant_truth_is_no_trouble(make_values, level):
    """Without a deviation errors are measured in the truth's own unit."""
    outcome = make_values()
    truth = np.full_like(outcome.truth, level)
    outcome = replace(outcome, truth=truth)
    np.testing.assert_allclose(outcome.errors, np.abs(level - outcome.prediction.values[:, 0]), rtol=1e-12)
