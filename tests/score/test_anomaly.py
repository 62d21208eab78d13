"""Metrics of anomalies."""

import numpy as np
import pytest
from sklearn.metrics import average_precision_score, f1_score

from seqloom.score import anomaly_metrics

DRAWN = np.random.default_rng(0)
TRUTH = np.repeat((DRAWN.random(40) < 0.3).astype(float), 10)
SCORES = TRUTH * 0.5 + DRAWN.exponential(0.6, size=400)
OWNER = np.repeat([0, 1], 200)


def test_steps_count_one_by_one():
    """As scikit-learn counts them; no point is adjusted."""
    metrics = anomaly_metrics(SCORES, TRUTH, OWNER)
    assert metrics["f1"] == pytest.approx(f1_score(TRUTH, SCORES > 1))
    assert metrics["pr_auc"] == pytest.approx(average_precision_score(TRUTH, SCORES))
    assert metrics["false_alarm_rate"] == pytest.approx((SCORES > 1)[TRUTH == 0].mean())
    assert metrics["miss_rate"] == pytest.approx(1 - metrics["recall"])


def test_finding_one_step_of_an_anomaly_does_not_find_the_others():
    """One alarm in an anomaly of ten: a tenth of its steps, but the whole event."""
    truth, scores = np.zeros(30), np.zeros(30)
    truth[10:20], scores[14] = 1, 2
    metrics = anomaly_metrics(scores, truth, np.zeros(30, int))
    assert metrics["recall"] == pytest.approx(0.1)
    assert (metrics["events_found"], metrics["event_f1"], metrics["delay"]) == (1.0, 1.0, 4.0)


def test_alarms_close_to_each_other_are_one_false_event():
    """Three false alarms in a row of steps, one far off, one that hits."""
    truth, scores = np.zeros(60), np.zeros(60)
    truth[50:], scores[[5, 7, 9, 30, 52]] = 1, 2
    assert anomaly_metrics(scores, truth, np.zeros(60, int), quiet=3)["event_precision"] == pytest.approx(1 / 3)
    assert anomaly_metrics(scores, truth, np.zeros(60, int))["event_precision"] == pytest.approx(1 / 5)


def test_an_alarm_in_the_next_sequence_finds_nothing():
    """Sequences that lie side by side are apart."""
    truth, scores = np.array([0, 1, 0, 0.0]), np.array([0, 0, 2, 0.0])
    metrics = anomaly_metrics(scores, truth, np.array([0, 0, 1, 1]))
    assert metrics["events_found"] == 0
    assert "delay" not in metrics


def test_unknown_steps_are_not_judged():
    """They may be alarms as they like."""
    truth = np.array([np.nan, 0, 1, np.nan])
    assert anomaly_metrics(np.array([9.0, 0, 2, 9]), truth, np.zeros(4, int))["f1"] == 1.0
    assert anomaly_metrics(np.array([9.0]), np.array([np.nan]), np.zeros(1, int)) == {}


def test_without_anomalies_only_false_alarms_are_told():
    """And with nothing else none of them."""
    assert anomaly_metrics(np.array([0.0, 2.0]), np.zeros(2), np.zeros(2, int)) == {"false_alarm_rate": 0.5}
    assert "false_alarm_rate" not in anomaly_metrics(np.array([0.0, 2.0]), np.ones(2), np.zeros(2, int))


def test_a_perfect_detector_has_the_full_score_of_the_benchmark():
    """An alarm at the first step of each anomaly, none elsewhere."""
    truth, scores = np.zeros(100), np.zeros(100)
    truth[20:30] = truth[70:80] = 1
    scores[[20, 70]] = 2
    assert anomaly_metrics(scores, truth, np.zeros(100, int), quiet=100)["nab"] == pytest.approx(50, abs=1)
    assert anomaly_metrics(scores, truth, np.zeros(100, int))["nab"] == pytest.approx(100)
