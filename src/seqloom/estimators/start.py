"""Where a model's weights start, if not at random."""

from dataclasses import replace
from functools import singledispatch

from seqloom.evaluate import Hints, LookbackRidge, Skipped, joint
from seqloom.model import ForecastModel, SequenceModel
from seqloom.prepare import Examples


@singledispatch
def start(model: SequenceModel, training: Examples, seed: int) -> None:
    """Set weights that are known before training; most models have none."""


@start.register
def _forecast(model: ForecastModel, training: Examples, seed: int) -> None:
    """The linear path of a forecast starts from ridge regression on as many past values."""
    if model.linear is None:
        return
    windows = joint(training)
    ridge = LookbackRidge.fit(replace(windows, start=windows.stop - model.linear.in_features), Hints(seed=seed))
    if not isinstance(ridge, Skipped):
        model.start_from(ridge.weights)
