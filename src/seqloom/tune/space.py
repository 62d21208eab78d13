"""What settings are searched: for each one several values, or a range."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeAlias

Value: TypeAlias = str | int | float | bool
"""A setting's value."""
Values: TypeAlias = Mapping[str, Value]
"""Values by the name of their setting."""


class Chooser(Protocol):
    """Who picks a value: an Optuna trial is one."""

    def suggest_categorical(self, name: str, choices: Sequence[Value]) -> Any:  # noqa: ANN401 - one of the choices
        """One of several values."""

    def suggest_int(self, name: str, low: int, high: int, *, log: bool = False) -> int:
        """A whole number from `low` to `high`."""

    def suggest_float(self, name: str, low: float, high: float, *, log: bool = False) -> float:
        """A number from `low` to `high`."""


@dataclass(frozen=True)
class Choice:
    """One of several values.

    Args:
        values: all of them.
    """

    values: tuple[Value, ...]

    def __str__(self) -> str:
        return ", ".join("yes" if one is True else "no" if one is False else str(one) for one in self.values)

    def pick(self, chooser: Chooser, name: str) -> Value:
        """The value that was chosen."""
        value: Value = chooser.suggest_categorical(name, self.values)
        return value

    def holds(self, value: object) -> bool:
        """Whether a value is one of them."""
        return any(value == own and isinstance(value, bool) == isinstance(own, bool) for own in self.values)


@dataclass(frozen=True)
class Whole:
    """A whole number of a range.

    Args:
        low: the least.
        high: the most.
        log: whether ratios count rather than differences.
    """

    low: int
    high: int
    log: bool = False

    def __str__(self) -> str:
        return f"{self.low:g} to {self.high:g}" + (", logarithmic" if self.log else "")

    def pick(self, chooser: Chooser, name: str) -> Value:
        """The number that was chosen."""
        return chooser.suggest_int(name, self.low, self.high, log=self.log)

    def holds(self, value: object) -> bool:
        """Whether a value lies in the range."""
        return isinstance(value, int) and not isinstance(value, bool) and self.low <= value <= self.high


@dataclass(frozen=True)
class Real:
    """A number of a range; of the one drawn three significant digits are used.

    Args:
        low: the least.
        high: the most.
        log: whether ratios count rather than differences.
    """

    low: float
    high: float
    log: bool = False

    def __str__(self) -> str:
        return f"{self.low:g} to {self.high:g}" + (", logarithmic" if self.log else "")

    def pick(self, chooser: Chooser, name: str) -> Value:
        """The number that was chosen, as people read and write it."""
        drawn = float(f"{chooser.suggest_float(name, self.low, self.high, log=self.log):.3g}")
        return min(max(drawn, self.low), self.high)

    def holds(self, value: object) -> bool:
        """Whether a value lies in the range."""
        return isinstance(value, int | float) and not isinstance(value, bool) and self.low <= value <= self.high


Range: TypeAlias = Choice | Whole | Real
"""What a value is picked from."""


@dataclass(frozen=True)
class Searched:
    """One setting that is searched, perhaps only under a condition.

    Args:
        setting: its name.
        range: what its value is picked from.
        when: another setting, and the values of it with which this one counts; empty: always.
    """

    setting: str
    range: Range
    when: Mapping[str, tuple[Value, ...]] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The name, with the condition: what is picked from under another one is told apart.

        Example:
            >>> Searched("activation", Choice(("tanh", "relu")), {"cell": ("lstm",)}).name
            'activation (cell lstm)'
        """
        conditions = (f"{name} {' or '.join(map(str, values))}" for name, values in self.when.items())
        return self.setting + (f" ({', '.join(conditions)})" if self.when else "")

    def counts(self, values: Values) -> bool:
        """Whether it is picked beside these values of other settings."""
        return all(values.get(name) in wanted for name, wanted in self.when.items())


@dataclass(frozen=True)
class Space:
    """All settings that are searched; conditions name settings that stand before.

    Args:
        searched: one or several for each setting.
        source: where it is written, for messages.

    Example:
        >>> space = Space((Searched("cell", Choice(("lstm", "gru"))), Searched("layers", Whole(1, 3))))
        >>> space.settings
        ('cell', 'layers')
    """

    searched: tuple[Searched, ...]
    source: str = "space"

    @property
    def settings(self) -> tuple[str, ...]:
        """The names of the settings."""
        return tuple(dict.fromkeys(one.setting for one in self.searched))

    def draw(self, chooser: Chooser, fixed: Values) -> dict[str, Value]:
        """A value for every setting that counts.

        Args:
            chooser: who picks.
            fixed: values of settings that are not searched, for conditions about them.
        """
        values: dict[str, Value] = {}
        for one in self.searched:
            if one.counts({**fixed, **values}):
                values[one.setting] = one.range.pick(chooser, one.name)
        return values

    def held(self, values: Values, fixed: Values) -> dict[str, Value]:
        """Those of some values that lie in the space, by the name they are picked under."""
        return {
            one.name: values[one.setting]
            for one in self.searched
            if one.setting in values and one.counts({**fixed, **values}) and one.range.holds(values[one.setting])
        }

    def to_json(self) -> list[dict[str, Any]]:
        """The same in plain lists and dictionaries, in which two equal spaces are equal."""
        return [
            {
                "name": one.name,
                **{name: list(value) if isinstance(value, tuple) else value for name, value in vars(one.range).items()},
            }
            for one in self.searched
        ]
