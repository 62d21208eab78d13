"""Measures of frames of binary entries."""

import numpy as np
from numpy.typing import NDArray

from seqloom.errors import DataError

Matrix = NDArray[np.float64]


def entry_nats(logits: Matrix, truth: Matrix) -> Matrix:
    """Negative log-likelihood of each entry, [N, K].

    Args:
        logits: of being on, [N, K].
        truth: 1 where it was, 0 where it was not, [N, K].

    Raises:
        DataError: the arrays do not have the same shape.
    """
    if logits.shape != truth.shape:
        came = f"shapes {list(logits.shape)} and {list(truth.shape)}"
        raise DataError("frames", expected="a logit for each entry", came=came, fix="judge the same frames")
    nats: Matrix = np.logaddexp(0.0, np.where(truth > 0, -logits, logits))
    return nats


def frame_metrics(logits: Matrix, truth: Matrix, first: NDArray[np.bool_]) -> dict[str, float]:
    """Metrics of frames of several sequences.

    Args:
        logits: of each entry being on, [N, K].
        truth: 1 where it was, 0 where it was not, [N, K].
        first: which frames are the first of their sequence, [N].

    Returns:
        `nll`: nats per frame, all frames counted. `nll_after_first`: the same without the first frame of each
        sequence, as Bai, Kolter & Koltun, "An empirical evaluation of generic convolutional and recurrent networks for
        sequence modeling", 2018, count it. `nats`: nats per sequence. `accuracy`: of the entries that were on, or were
        said to be (from a probability of one half on), the share of those that were both (Bay, Ehmann & Downie,
        "Evaluation of multiple-F0 estimation and tracking systems", ISMIR 2009). `precision`, `recall` and `f1` of the
        entries said to be on. What cannot be computed is left out.

    Raises:
        DataError: the arrays do not fit each other.

    Example:
        >>> logits, truth = np.array([[2.0, -2.0], [2.0, -2.0]]), np.array([[1.0, 0.0], [1.0, 1.0]])
        >>> {name: round(value, 3) for name, value in frame_metrics(logits, truth, np.array([True, False])).items()}
        ... # doctest: +NORMALIZE_WHITESPACE
        {'nll': 1.254, 'nll_after_first': 2.254, 'nats': 2.508, 'accuracy': 0.667, 'precision': 1.0, 'recall': 0.667,
         'f1': 0.8}
    """
    nats = entry_nats(logits, truth).sum(axis=1)
    if not len(nats):
        return {}
    metrics = {"nll": float(nats.mean())}
    if not first.all():
        metrics["nll_after_first"] = float(nats[~first].mean())
    metrics["nats"] = float(nats.sum() / max(1, int(first.sum())))
    said, on = logits >= 0, truth > 0
    both, either = int((said & on).sum()), int((said | on).sum())
    counts = {"accuracy": either, "precision": int(said.sum()), "recall": int(on.sum())}
    metrics |= {name: both / count for name, count in counts.items() if count}
    if either:
        metrics["f1"] = 2 * both / (counts["precision"] + counts["recall"])
    return metrics
