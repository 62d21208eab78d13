"""Changes of a signal against its own past, found by ADWIN."""

from typing import Any

from seqloom.errors import SettingsError

CONFIDENCE = 0.002
"""River's own choice for one signal; several share it."""
CLOCK = 8
"""Means after which it looks for a change; river's own choice is 32, which is long where a mean is of many values."""


def adwin(confidence: float) -> Any:  # noqa: ANN401 - river's own
    """River's detector.

    Args:
        confidence: chance of a false alarm it allows itself.

    Raises:
        SettingsError: river is not installed.
    """
    try:
        from river.drift import ADWIN  # noqa: PLC0415 - an optional package, and a second to import
    except ImportError as error:
        fix = 'install it: pip install "seqloom[monitor]"'
        raise SettingsError("monitor", expected="the package river", came="none", fix=fix) from error
    return ADWIN(delta=confidence, clock=CLOCK)  # type: ignore[no-untyped-call]  # river's compiled code has no types


class Change:
    """ADWIN over means of stretches of a signal (Bifet and Gavaldà, 2007, "Learning from time-changing data with
    adaptive windowing"): it keeps as many as have one mean, and tells when they no longer do.

    Args:
        stretch: values of one stream after which the next ones hardly depend on them; 1: every value counts by itself.
        low: of the values.
        high: of the values.
        signals: how many are watched.

    Raises:
        SettingsError: river is not installed.
    """  # noqa: D205 - the sentence is longer than a line

    def __init__(self, stretch: int, low: float, high: float, signals: int) -> None:
        self._stretch, self._low, self._width = stretch, low, high - low
        self._confidence = CONFIDENCE / signals
        self._count, self._sum = 0, 0.0
        self.reset()

    def reset(self) -> None:
        """Forget the past."""
        self._detector = adwin(self._confidence)

    def add(self, values: list[float], streams: int) -> float | None:
        """The next values.

        Args:
            values: of the signal.
            streams: how many they are of at present: a stretch has so many values of each.

        Returns:
            The mean before a change, where one is found now.
        """
        most = self._stretch * max(1, streams)
        found = None
        for value in values:
            self._sum += value
            self._count += 1
            if self._count >= most:
                mean = (self._sum / self._count - self._low) / self._width
                self._count, self._sum = 0, 0.0
                width, total = self._detector.width + 1, self._detector.total + mean
                self._detector.update(mean)
                if self._detector.drift_detected:
                    gone = max(1.0, width - self._detector.width)
                    found = (total - self._detector.total) / gone * self._width + self._low
        return found
