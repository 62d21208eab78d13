"""The score of the Numenta Anomaly Benchmark."""

import csv
import json
import math
from pathlib import Path

import numpy as np
import pytest

from seqloom.errors import DataError
from seqloom.score import NAB_PROFILES, NabProfile, NabSeries, nab_best, nab_normalized, nab_probation, nab_raw

DATA = Path(__file__).parents[3] / "shared" / "data" / "nab"


def series(alarms, windows, length=100, probation=0):
    """A series with a score of 1 at some rows, else 0."""
    scores = np.zeros(length)
    scores[list(alarms)] = 1.0
    return NabSeries(scores, np.array(windows, dtype=np.int64).reshape(-1, 2), probation)


def sigmoid(place):
    """The curve of the paper."""
    return 2 / (1 + math.exp(5 * place)) - 1


def test_nothing_said_is_worth_nothing_and_everything_right_a_hundred():
    """The ends of the scale."""
    windows = [[20, 29], [70, 79]]
    assert nab_normalized(nab_raw(series([], windows), 1.0), 2) == 0
    assert nab_normalized(nab_raw(series([20, 70], windows), 1.0), 2) == pytest.approx(100)


def test_the_first_alarm_in_a_window_counts_and_the_earlier_the_more():
    """Later ones in the same window change nothing."""
    early, late, both = (nab_raw(series(rows, [[20, 29]]), 1.0) for rows in ([22], [28], [22, 28]))
    assert early == both == pytest.approx(sigmoid(-8 / 10) / sigmoid(-1))
    assert late == pytest.approx(sigmoid(-2 / 10) / sigmoid(-1))


def test_alarms_outside_cost_more_the_farther_they_are_behind_a_window():
    """Just behind it little, before the first one and far away all of their weight."""
    found = nab_raw(series([20], [[20, 29]]), 1.0)
    near, far, before = (nab_raw(series([20, row], [[20, 29]]), 1.0) - found for row in (31, 99, 3))
    assert near == pytest.approx(0.11 * sigmoid(2 / 9))
    assert far == before == pytest.approx(-0.11)


def test_alarms_on_probation_do_not_count():
    """Neither for nor against."""
    assert nab_raw(series([3, 5], [[50, 59]], probation=10), 1.0) == nab_raw(series([], [[50, 59]]), 1.0)


def test_the_best_threshold_is_the_best_of_all():
    """As trying each score that occurs, and none of them, does."""
    drawn = np.random.default_rng(0)
    many = [NabSeries(drawn.random(60).round(2), np.array([[20, 25], [40, 49]]), 5) for _ in range(4)]
    for profile in NAB_PROFILES.values():
        tried = [
            nab_normalized(sum(nab_raw(one, threshold, profile) for one in many), 8, profile)
            for threshold in (*np.unique([one.scores for one in many]), np.inf)
        ]
        score, threshold = nab_best(many, profile)
        assert score == pytest.approx(max(tried))
        assert sum(nab_raw(one, threshold, profile) for one in many) == pytest.approx(
            score / 100 * 8 * (profile.hit + profile.miss) - profile.miss * 8
        )


@pytest.mark.parametrize("windows", [[[5, 200]], [[30, 20]], [[10, 20], [15, 30]]])
def test_windows_must_lie_in_the_series(windows):
    """One after the other."""
    with pytest.raises(DataError, match=r"windows.*expected rows of a series of 100"):
        series([], windows)


def test_a_profile_says_what_things_weigh():
    """A false alarm twice as much, a miss twice as much."""
    assert nab_raw(series([0], []), 1.0, NAB_PROFILES["reward_low_FP_rate"]) == pytest.approx(-0.22)
    assert nab_raw(series([], [[5, 9]]), 1.0, NAB_PROFILES["reward_low_FN_rate"]) == -2
    assert NAB_PROFILES["standard"] == NabProfile()


@pytest.mark.skipif(not DATA.exists(), reason="the data of the benchmark is not there")
def test_the_scores_of_a_published_detector_come_out_as_published():
    """The windowed Gaussian of the benchmark, series by series, at the threshold that was found for it."""
    windows = json.loads((DATA / "labels" / "combined_windows.json").read_text())
    with (DATA / "results" / "windowedGaussian_standard_scores.csv").open() as file:
        published = {row["File"]: float(row["Score"]) for row in csv.DictReader(file)}
    checked = 0
    for name in sorted(windows):
        times, values = np.loadtxt(DATA / "data" / name, delimiter=",", skiprows=1, dtype=str, unpack=True)
        if len(values) > 4_100:
            continue
        times = times.astype("datetime64[us]")
        rows = [np.flatnonzero((times >= np.datetime64(a)) & (times <= np.datetime64(b))) for a, b in windows[name]]
        marked = np.array([[own[0], own[-1]] for own in rows], dtype=np.int64).reshape(-1, 2)
        given = NabSeries(gaussian(values.astype(float)), marked)
        # The table gives the threshold as 1.0; its digits were cut, so one within rounding of it has to do.
        found = [nab_raw(given, threshold) for threshold in 1 - np.array([2e-13, 4e-13, 6e-13, 1e-12])]
        assert min(abs(one - published[name]) for one in found) < 1e-6, name
        checked += 1
    assert checked > 20
    assert nab_probation(4_032) == 604


def gaussian(values):
    """One minus the tail probability beside the mean and spread of all values before."""
    found = np.zeros(len(values))
    for row in range(1, len(values)):
        spread = float(np.std(values[:row])) or 1e-6
        away = abs(values[row] - np.mean(values[:row])) / spread
        found[row] = 1 - 0.5 * math.erfc(away / 1.4142)
    return found
