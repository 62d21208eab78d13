"""What is to be reached, and whether it was."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Protocol

from benchmarks.speed.ratio import against, mean
from benchmarks.speed.record import Measurement, Record

Where = dict[str, tuple[Any, ...]]
"""Fields of a case and what they may be; none: every case."""

NAMES = {
    "seqloom": "seqloom",
    "torch_nn": "torch.nn",
    "torch_nn/padded": "torch.nn padded",
    "torch_nn/packed": "torch.nn packed",
    "torch_nn/layer": "torch.nn layer",
    "torch_nn/cell": "torch.nn cell",
    "keras_jax": "Keras on JAX",
    "onnxruntime": "ONNX Runtime",
    "eager_loop": "loop in torch",
    "eager_loop/compiled": "loop, torch.compile",
    "darts": "Darts",
    "neuralforecast": "NeuralForecast",
    "seqloom/default": "seqloom, its own settings",
    "seqloom/there": "forward",
    "seqloom/back": "backward",
    "seqloom/peak": "product alone",
    "cut": "50,000 reviews cut",
    "learn": "a pass over reviews",
    "write": "5,000 characters written",
    "translate": "1,000 sentences translated",
    **{name: name for name in ("forecasts", "classes", "values", "tags")},
}
"""What those who take part are called on the page."""


UNITS = (("s", 1.0), ("ms", 1e-3), ("µs", 1e-6))


@dataclass(frozen=True)
class Verdict:
    """Whether a target was reached.

    Args:
        wanted: the target, in words.
        came: what was measured, in words.
        reached: whether it was; None: nothing was measured.
    """

    wanted: str
    came: str
    reached: bool | None


class Target(Protocol):
    """Something to be reached."""

    def verdict(self, record: Record) -> Verdict:
        """Whether a record reaches it."""


def chosen(record: Record, where: Where) -> list[Measurement]:
    """The measurements of some cases."""
    return [m for m in record.measurements if all(m.case[name] in values for name, values in where.items())]


@dataclass(frozen=True)
class Faster:
    """So many times faster than the fastest of others.

    Args:
        others: who they are.
        each: ratio in every case.
        mean: geometric mean of the ratios.
        where: of which cases.
        us: who of ours.
    """

    others: tuple[str, ...]
    each: float | None = None
    mean: float | None = None
    where: Where = field(default_factory=dict)
    us: str = "seqloom"

    def verdict(self, record: Record) -> Verdict:
        """See `Target`."""
        cases = chosen(record, self.where)
        ratios = [found for case in cases if (found := against(case, self.others, self.us)) is not None]
        wanted = f"{_subject(self.others, self.where)}: {self._bounds()}"
        if not ratios:
            return Verdict(wanted, "not measured", None)
        least, middle = min(each.value for each in ratios), mean(ratios)
        reached = (self.each is None or least >= self.each) and (self.mean is None or middle >= self.mean)
        missing = f", {len(cases) - len(ratios)} not measured" if len(ratios) < len(cases) else ""
        came = f"least {least:.2f}, mean {middle:.2f}" if len(ratios) > 1 else f"{least:.2f}"
        return Verdict(wanted, came + missing, reached)

    def _bounds(self) -> str:
        each = [] if self.each is None else [f"each ≥ {self.each:g}"]
        return ", ".join(each + ([] if self.mean is None else [f"mean ≥ {self.mean:g}"]))


@dataclass(frozen=True)
class AtMost:
    """A value that may not be exceeded.

    Args:
        who: whose.
        most: in seconds.
        where: of which cases.
    """

    who: str
    most: float
    where: Where = field(default_factory=dict)

    def verdict(self, record: Record) -> Verdict:
        """See `Target`."""
        return _bounded(
            f"{_subject((self.who,), self.where)}: ≤ {seconds(self.most)}",
            [case.figure(self.who).value for case in chosen(record, self.where)],
            lambda values: (max(values) <= self.most, f"at most {seconds(max(values))}"),
        )


@dataclass(frozen=True)
class ShareOfPeak:
    """Operations per second as a share of those of the product alone, in the same rounds.

    Args:
        who: whose.
        least: the share.
        where: of which cases.
    """

    who: str
    least: float
    where: Where = field(default_factory=dict)

    def verdict(self, record: Record) -> Verdict:
        """See `Target`."""
        return _bounded(
            f"{_subject((self.who,), self.where)}: ≥ {100 * self.least:.0f} % of the product alone",
            [share(case, self.who) for case in chosen(record, self.where)],
            lambda values: (min(values) >= self.least, f"least {100 * min(values):.0f} %"),
        )


def share(measurement: Measurement, who: str) -> float | None:
    """Operations per second as a share of the product's; None: not measured."""
    mine, best = measurement.figure(who).rate, measurement.figure("seqloom/peak").rate
    return mine / best if mine and best else None


def seconds(value: float) -> str:
    """Seconds in words.

    Example:
        >>> seconds(2.5e-6), seconds(0.0123), seconds(0.3), seconds(22.97), seconds(0.98)
        ('2.50 µs', '12.3 ms', '300 ms', '23.0 s', '980 ms')
    """
    unit, size = next(((unit, size) for unit, size in UNITS if value >= size), UNITS[-1])
    number = value / size
    digits = 2 if number < 10 else 1 if number < 100 else 0  # noqa: PLR2004 - three digits that count
    return f"{number:.{digits}f} {unit}"


def _bounded(wanted: str, values: list[float | None], judge: Callable[[list[float]], tuple[bool, str]]) -> Verdict:
    measured = [value for value in values if value is not None]
    if not measured:
        return Verdict(wanted, "not measured", None)
    reached, came = judge(measured)
    return Verdict(wanted, came, reached)


def _subject(who: tuple[str, ...], where: Where) -> str:
    """Who and which cases, in words: `seqloom, H 16, 32`."""
    names = " or ".join(NAMES.get(each, each) for each in who)
    letters = {"hidden": "H ", "cell": ""}
    return ", ".join([names, *(letters[name] + ", ".join(map(str, values)) for name, values in where.items())])
