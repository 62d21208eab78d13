"""How much a search may cost."""

from dataclasses import dataclass

from seqloom.errors import SettingsError

TRIALS = 30
"""Trials where nothing is said."""


@dataclass(frozen=True)
class Budget:
    """An end of the search by trials, by minutes, or whichever comes first.

    Args:
        trials: finished trials of the study, those of earlier calls included; None: any number.
        minutes: of this call, without the final trainings; None: any number.

    Raises:
        SettingsError: neither is given, or one is not above 0.

    Example:
        >>> Budget(trials=30).left(finished=10, seconds=600.0, workers=2)
        1200.0
        >>> Budget(trials=None, minutes=60).left(finished=10, seconds=600.0)
        3000.0
    """

    trials: int | None = TRIALS
    minutes: float | None = None

    def __post_init__(self) -> None:
        if self.trials is None and self.minutes is None:
            raise SettingsError("budget", expected="trials or minutes", came="neither", fix="give one of them")
        for name in ("trials", "minutes"):
            value = getattr(self, name)
            if value is not None and not value > 0:
                raise SettingsError(name, expected="a number above 0", came=str(value), fix="correct it")

    def spent(self, finished: int, seconds: float) -> bool:
        """Whether nothing more may be begun.

        Args:
            finished: trials of the study that are finished, or on their way.
            seconds: of this call.
        """
        return (self.trials is not None and finished >= self.trials) or self.over(seconds)

    def over(self, seconds: float) -> bool:
        """Whether the time is over, also for what has begun."""
        return self.minutes is not None and seconds >= 60 * self.minutes

    def left(self, finished: int, seconds: float, *, before: int = 0, workers: int = 1) -> float:
        """Seconds that are left: as the budget says, or as the trials so far took on average.

        Args:
            finished: trials of the study.
            seconds: of this call.
            before: trials of it that were finished before this call.
            workers: processes that share the trials; each finishes one in the same time.
        """
        ends = []
        if self.minutes is not None:
            ends.append(max(0.0, 60 * self.minutes - seconds))
        if self.trials is not None and finished > before:
            rounds = -(-max(0, self.trials - finished) // workers)
            ends.append(seconds / -(-(finished - before) // workers) * rounds)
        return min(ends, default=float("nan"))
