"""Feed-forward nets of scikit-learn."""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.neural_network import MLPClassifier, MLPRegressor

from seqloom.alternatives.fitting.bounded import bounded

WIDTH = 64
PENALTY = 1e-2
EPOCHS = 200
VISITS = 1_000_000
"""Examples looked at in all epochs together, at most."""


def feed_forward(features: NDArray[np.float64], targets: NDArray[Any], seed: int, *, stop_early: bool) -> Any:  # noqa: ANN401 - scikit-learn has no types
    """A net with one hidden layer of 64, fitted.

    Args:
        features: scaled, [E, F].
        targets: numbers of classes, or values as floating-point numbers, [E] or [E, C].
        seed: of all that is drawn.
        stop_early: whether a tenth of the examples is spared to find out when to stop.
    """
    kind = MLPRegressor if targets.dtype.kind == "f" else MLPClassifier
    net = kind(
        hidden_layer_sizes=(WIDTH,),
        alpha=PENALTY,
        early_stopping=stop_early,
        max_iter=min(EPOCHS, VISITS // len(features)),
        random_state=seed,
    )
    with bounded():
        return net.fit(features, targets)
