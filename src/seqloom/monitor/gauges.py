"""How everything stands, for Prometheus: names, labels and numbers."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

LABELS = ("kind", "signal")
CLASSES = (
    ("precision", "Share of the answers of a class that were right, of the latest truths."),
    ("recall", "Share of the truths of a class that were answered so, of the latest truths."),
    ("true", "How often a class came true, of the latest truths."),
)


@dataclass(frozen=True)
class Gauge:
    """One metric.

    Args:
        name: of it; without `_total` where it counts.
        help: what it says.
        labels: names of its labels; no stream is one.
        values: of the labels, and a number.
        counts: whether it only grows.
    """

    name: str
    help: str
    labels: Sequence[str]
    values: Sequence[tuple[Sequence[str], float]]
    counts: bool = False


def gauges(standing: Mapping[str, Any]) -> Iterator[Gauge]:
    """What a monitor says, as metrics; as many as there are signals, however many streams there are.

    Args:
        standing: of a monitor.
    """
    signals = standing["signals"]
    yield _of(signals, "seqloom_drift", "Whether a signal drifted.", lambda one: one["state"] == "drift")
    yield _of(signals, "seqloom_drift_known", "Whether it could be told.", lambda one: one["state"] != "insufficient")
    excess = "How far a signal is off, in units of what happens by chance once in a very long time."
    yield _of(signals, "seqloom_drift_excess", excess, lambda one: one["excess"])
    for name, part, text in (("usual", "usual", "What is usual of"), ("mean", "now", "Mean of the latest values of")):
        values = [(_labels(one), float(found)) for one in signals if (found := first_of(one, part)) is not None]
        yield Gauge(f"seqloom_signal_{name}", f"{text} a signal.", LABELS, values)
    classes = standing.get("classes", ())
    for part, text in CLASSES:
        shares = [((str(one["label"]),), float(one[part])) for one in classes if one[part] is not None]
        yield Gauge(f"seqloom_class_{part}", text, ("class",), shares)
    alerts = [((event,), float(standing["alerts"][event])) for event in ("raised", "cleared")]
    yield Gauge("seqloom_drift_alerts", "Drifts that began or ended.", ("event",), alerts, counts=True)
    counts = standing["counts"]
    seen = [((name,), float(counts[name])) for name in ("records", "left_out", "dropped", "truths") if name in counts]
    yield Gauge("seqloom_watched", "Records and truths that were looked at or left out.", ("what",), seen, counts=True)


def first_of(one: Mapping[str, Any], part: str) -> float | None:
    """The mean of numbers, else the share of the first label or of hits, of `usual` or `now`."""
    usual: Mapping[str, float] = one["usual"]
    found: float | None = one[part].get("mean" if "mean" in usual else next(iter(usual), ""))
    return found


def _of(signals: Sequence[Mapping[str, Any]], name: str, text: str, value: Any) -> Gauge:  # noqa: ANN401 - a function
    return Gauge(name, text, LABELS, [(_labels(one), float(value(one))) for one in signals])


def _labels(one: Mapping[str, Any]) -> tuple[str, str]:
    return one["kind"], one["name"]
