"""Metrics of anomalies: steps and events, without adjusting points."""

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import average_precision_score

from seqloom.loss import check_shapes
from seqloom.score.events import Events
from seqloom.score.nab import NabProfile, NabSeries, nab_normalized, nab_raw


def anomaly_metrics(
    scores: NDArray[np.float64], truth: NDArray[np.float64], sequence: NDArray[np.int64], *, quiet: int = 0
) -> dict[str, float]:
    """Metrics of scores, where those above 1 are alarms.

    Each step counts for itself: an anomaly of which one step was found is not found altogether. Adjusting points, as
    many papers do, would make random scores look excellent (Kim et al., "Towards a rigorous evaluation of time-series
    anomaly detection", AAAI 2022).

    Args:
        scores: of each step, 1 at the threshold, [N].
        truth: 1 at an anomaly, 0 elsewhere, NaN where nothing is known, [N].
        sequence: which sequence each step is of, in order, [N].
        quiet: steps without an alarm after which an event of alarms is over.

    Returns:
        Of steps `f1`, `precision`, `recall`, `pr_auc` (average precision), `false_alarm_rate` (share of usual steps
        that are alarms) and `miss_rate`; of events `events_found` (share of the anomalies in which there is an alarm),
        `event_precision` (share of the events of alarms that touch an anomaly), `event_f1`, and `delay` (steps from
        the start of an anomaly to its first alarm, the median of those found); `nab`, the score of the Numenta Anomaly
        Benchmark at this threshold, of the first alarm of each event. What cannot be computed is left out.

    Example:
        >>> scores, truth = np.array([0.2, 0.4, 1.5, 0.3, 2.0]), np.array([0.0, 0.0, 1.0, 1.0, 0.0])
        >>> metrics = anomaly_metrics(scores, truth, np.zeros(5, dtype=int))
        >>> {name: round(metrics[name], 3) for name in ("f1", "false_alarm_rate", "events_found")}
        {'f1': 0.5, 'false_alarm_rate': 0.333, 'events_found': 1.0}
    """
    check_shapes(scores.shape, truth.shape)
    known = np.isfinite(truth)
    if not known.any():
        return {}
    scores, true, owner = scores[known], truth[known] > 0, sequence[known]
    alarms = scores > 1
    hits, wrong = int((alarms & true).sum()), int((alarms & ~true).sum())
    rate = {} if true.all() else {"false_alarm_rate": wrong / int((~true).sum())}
    if not true.any():
        return rate
    missed = int(true.sum()) - hits
    metrics = {
        "f1": 2 * hits / (2 * hits + wrong + missed),
        "precision": hits / (hits + wrong) if hits + wrong else 0.0,
        "recall": hits / (hits + missed),
        "pr_auc": float(average_precision_score(true, scores)),
        **rate,
        "miss_rate": missed / (hits + missed),
    }
    return metrics | _of_events(alarms, true, owner, quiet)


def _of_events(
    alarms: NDArray[np.bool_],
    true: NDArray[np.bool_],
    owner: NDArray[np.int64],
    quiet: int,
) -> dict[str, float]:
    """Metrics of anomalies and of events of alarms."""
    anomalies, found = Events.of(true, owner), Events.of(alarms, owner, quiet)
    recall = float(anomalies.hit_by(found).mean())
    precision = float(found.hit_by(anomalies).mean()) if len(found) else 0.0
    both = precision + recall
    metrics = {
        "events_found": recall,
        "event_precision": precision,
        "event_f1": 2 * precision * recall / both if both else 0.0,
    }
    places = np.flatnonzero(alarms)
    following = np.searchsorted(places, anomalies.first)
    there = following < len(places)
    first = np.where(there, places[np.minimum(following, len(places) - 1)], -1) if len(places) else None
    if first is not None and (inside := there & (first <= anomalies.last)).any():
        metrics["delay"] = float(np.median((first - anomalies.first)[inside]))
    return metrics | {"nab": _nab(found, anomalies, owner)}


def _nab(found: Events, anomalies: Events, owner: NDArray[np.int64]) -> float:
    """The score of the benchmark, anomalies as windows, nothing on probation."""
    begins = np.zeros(len(owner))
    begins[found.first] = 1.0
    borders = np.flatnonzero(np.append(True, np.diff(owner) != 0))
    raw, profile = 0.0, NabProfile()
    for begin, end in zip(borders, np.append(borders[1:], len(owner)), strict=True):
        own = (anomalies.first >= begin) & (anomalies.first < end)
        windows = np.stack([anomalies.first[own], anomalies.last[own]], axis=1) - begin
        raw += nab_raw(NabSeries(begins[begin:end], windows, 0), 1.0, profile)
    return nab_normalized(raw, len(anomalies), profile)
