"""Ridge regression on pooled features: a value as a weighted sum of simple statistics of the sequence."""

from dataclasses import dataclass
from typing import ClassVar, Self

import numpy as np
from numpy.typing import NDArray

from seqloom.alternatives.alternative import Hints, Skipped
from seqloom.alternatives.fitters import fitters
from seqloom.alternatives.labelled import with_values
from seqloom.alternatives.linear import Linear, Scaling
from seqloom.alternatives.sequences.features import pooled
from seqloom.prepare import Examples

PENALTIES = tuple(float(penalty) for penalty in 10.0 ** np.arange(-2, 5))


@dataclass(frozen=True)
class PooledRidge:
    """Ridge regression on standardised pooled features, the penalty chosen by leaving one out.

    Args:
        scaling: of the features.
        linear: values of the scaled features.
    """

    scaling: Scaling
    linear: Linear
    name: ClassVar[str] = "ridge"
    title: ClassVar[str] = "ridge regression on pooled features"

    @classmethod
    def fit(cls, training: Examples, hints: Hints) -> Self | Skipped:
        """Learn from at most 20,000 sequences or beginnings of sequences."""
        examples, values = with_values(training, hints.seed)
        if len(values) < 2:  # noqa: PLR2004 - one cannot be left out
            return Skipped("the training part has fewer than two known values")
        features = pooled(examples)
        scaling = Scaling.of(features)
        return cls(scaling, Linear.of(fitters().ridge_left_out(scaling(features), values, PENALTIES)))

    def predict(self, examples: Examples) -> NDArray[np.float64]:
        """The values of each example, [E, C]."""
        return self.linear(self.scaling(pooled(examples)))
