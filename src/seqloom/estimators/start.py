"""Where a model's weights start, if not at random."""

from dataclasses import replace
from functools import singledispatch

import torch

from seqloom.evaluate import Hints, LookbackRidge, Marginal, Skipped, joint
from seqloom.model import ForecastModel, FrameModel, SequenceModel
from seqloom.prepare import Examples


@singledispatch
def start(model: SequenceModel, training: Examples, seed: int) -> None:
    """Set weights that are known before training; most models have none."""


@start.register
def _frames(model: FrameModel, training: Examples, seed: int) -> None:  # noqa: ARG001 - nothing is drawn
    """Without anything else the heads answer with the share of each entry."""
    shares = Marginal.fit(training, Hints())
    if not isinstance(shares, Skipped):
        for network in model.networks:
            network.head.start_from(torch.from_numpy(shares.logits).float())


@start.register
def _forecast(model: ForecastModel, training: Examples, seed: int) -> None:
    """The linear path of a forecast starts from ridge regression on as many past values."""
    if model.linear is None:
        return
    windows = joint(training)
    ridge = LookbackRidge.fit(replace(windows, start=windows.stop - model.linear.in_features), Hints(seed=seed))
    if not isinstance(ridge, Skipped):
        model.start_from(ridge.weights)
