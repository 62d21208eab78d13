"""Optimisers with a bound on their iterations."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager

from sklearn.exceptions import ConvergenceWarning


@contextmanager
def bounded() -> Iterator[None]:
    """An optimiser that stops at its bound on iterations has done what it was asked for: no warning."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        yield
