"""How sure a classifier may be."""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar
from scipy.special import log_softmax

from seqloom.score.classify import normalised

SPREAD = 0.5
"""Standard deviation of a temperature's logarithm, before anything is measured: mostly between 0.4 and 2.7."""

LARGEST = 20.0
"""Temperatures are looked for from one over this up to this."""


def choose_temperature(probabilities: NDArray[Any], truth: NDArray[Any]) -> float:
    """The number by which logits should be divided, to be chosen on validation data.

    Above 1 the probabilities were too sure and come closer to each other, below 1 they were too cautious. The ranking
    of the classes stays. The temperature minimises the log loss; a prior, log-normal around 1, keeps a few examples
    from asking for certainty.

    Source: Guo, Pleiss, Sun, Weinberger, "On Calibration of Modern Neural Networks", ICML 2017, section 4.2; the prior
    is ours.

    Args:
        probabilities: rows sum to 1, [B, K].
        truth: class numbers, negative where unlabelled, [B].

    Returns:
        A positive number; 1 where nothing is labelled.

    Raises:
        DataError: the arrays do not fit each other, or rows do not sum to 1.

    Example:
        >>> cautious = np.tile([0.4, 0.6], (200, 1))
        >>> round(choose_temperature(cautious, (np.arange(200) % 10 > 0).astype(int)), 2)
        0.2
    """
    p, y = normalised(probabilities, truth)
    if not len(y):
        return 1.0
    logits, rows = np.log(np.maximum(p, np.finfo(np.float32).tiny)), np.arange(len(y))

    def cost(log_temperature: float) -> float:
        loss: float = -log_softmax(logits / np.exp(log_temperature), axis=1)[rows, y].sum()
        return loss + 0.5 * (log_temperature / SPREAD) ** 2

    widest = np.log(LARGEST)
    return float(np.exp(minimize_scalar(cost, bounds=(-widest, widest), method="bounded").x))
