"""Models of single series: its own for each where they are few, one that serves all where they are many."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from seqloom.alternatives.history import chunks, history, target_history, training_series
from seqloom.prepare import Examples

SERIES = 16
"""Series (sequences times targets) that are fitted at most."""
ROWS = 1_000
"""Latest rows of a series that are learned from."""

Matrix = NDArray[np.float64]
Fit = Callable[[Matrix], Matrix]
"""From a series [n] to the parameters of its model, [p]."""
Error = Callable[[Matrix, Matrix], float]
"""From parameters [p] and a series [n] to the mean square of what the model did not foresee in it."""


@dataclass(frozen=True)
class EachSeries:
    """Parameters of the models of a training part.

    Args:
        parameters: [models, C, p]; the last model is the one that all other sequences have.
        models: which model a sequence has, by its key.
    """

    parameters: Matrix
    models: Mapping[str, int]

    def __post_init__(self) -> None:
        if self.parameters.ndim != 3 or not self.parameters.size:  # noqa: PLR2004 - see above
            raise ValueError(f"parameters of shape {self.parameters.shape}")
        if not all(0 <= model < len(self.parameters) for model in self.models.values()):
            raise ValueError(f"a model beyond the {len(self.parameters)} there are")

    @classmethod
    def fit(cls, training: Examples, fit: Fit, error: Error) -> Self:
        """Fit up to 16 series; of many sequences all have, for each target, the parameters that serve these best.

        Args:
            training: windows.
            fit: the parameters of one series.
            error: what tells how well parameters serve a series.
        """
        series = training_series(training, target_history(training.prepared))
        channels = training.prepared.targets.shape[1]
        few = len(series) * channels <= SERIES
        count = max(1, min(len(series), SERIES // channels))
        places = list(series) if few else _spread(list(series), count)
        values = [series[place][-ROWS:].astype(np.float64) for place in places]  # [n, C] each
        fitted = np.stack([np.stack([fit(rows[:, c]) for c in range(channels)]) for rows in values])  # [M, C, p]
        shared = np.stack([_best(fitted[:, c], [rows[:, c] for rows in values], error) for c in range(channels)])
        keys = map(str, training.prepared.keys[places].tolist())
        return cls(np.concatenate([fitted, shared[None]]), {key: m for m, key in enumerate(keys) if few})

    def runs(self, examples: Examples, steps: int) -> Iterator[tuple[NDArray[np.int64], int, Matrix, Matrix]]:
        """Windows of one model and target at a time.

        Args:
            examples: windows.
            steps: how many values before each forecast.

        Yields:
            Places of the windows, the target, the parameters [p], and the values before each, [w, steps].
        """
        targets = target_history(examples.prepared)
        shared = len(self.parameters) - 1
        owners = np.array([self.models.get(str(key), shared) for key in examples.prepared.keys.tolist()])[
            examples.sequence
        ]
        for m in np.unique(owners):
            members = np.flatnonzero(owners == m)
            for run in chunks(len(members), steps * targets.shape[1]):
                seen = history(examples.take(members[run]), targets, steps)  # [w, steps, C]
                for c in range(targets.shape[1]):
                    yield members[run], c, self.parameters[m, c], seen[:, :, c]


def _spread(places: list[int], count: int) -> list[int]:
    """So many of the places, in even distances."""
    return [places[place] for place in np.linspace(0, len(places) - 1, count).round().astype(int)]


def _best(candidates: Matrix, series: list[Matrix], error: Error) -> Matrix:
    """Of parameters [M, p] those of least error in all series together, each divided by its spread."""
    errors = [sum(error(own, rows) / (float(rows.var()) or 1.0) for rows in series) for own in candidates]
    best: Matrix = candidates[int(np.argmin(errors))]
    return best
