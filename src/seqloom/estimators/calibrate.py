"""What a trained model still learns from the validation part: intervals, a temperature, a threshold."""

from functools import singledispatch

import numpy as np
import torch

from seqloom.evaluate import conformal_offsets, covered_rows
from seqloom.model import ClassifyModel, EventModel, ForecastModel, SequenceModel, TagModel, outputs
from seqloom.prepare import Examples, asked_rows
from seqloom.score import choose_temperature, choose_threshold

RARE = 0.2
"""Share of the rarer of two classes below which the threshold is chosen by F1, unless the user said otherwise."""


@singledispatch
def calibrate(model: SequenceModel, validation: Examples) -> None:
    """Set the buffers of a model that are measured on validation examples; most models have none."""


@calibrate.register
def _forecast(model: ForecastModel, validation: Examples) -> None:
    """Conformal offsets of the interval, step by step, in scaled units."""
    model.interval_offsets.zero_()
    quantiles = outputs(model, validation)["quantiles"].astype(np.float64)
    lower, upper = quantiles[..., 0], quantiles[..., -1]
    offsets = conformal_offsets(lower, upper, validation.truth().astype(np.float64), model.settings.interval)
    model.interval_offsets.copy_(torch.from_numpy(offsets.astype(np.float32)))


@calibrate.register
def _classify(model: ClassifyModel, validation: Examples) -> None:
    """The temperature of the probabilities, and the threshold between two classes."""
    model.temperature.fill_(1.0)
    model.temperature.fill_(choose_temperature(outputs(model, validation)["probabilities"], validation.truth()))
    counts = np.array(model.sizes.class_counts)
    chosen = model.settings.threshold
    if not model.binary or chosen == "half" or (chosen is None and counts.min() >= RARE * counts.sum()):
        return
    probabilities = outputs(model, validation)["probabilities"].astype(np.float64)
    model.threshold.fill_(choose_threshold(probabilities, validation.truth()))


@calibrate.register
def _tag(model: TagModel, validation: Examples) -> None:
    """The temperature of the probabilities; a chain has none."""
    model.temperature.fill_(1.0)
    if model.chain is None:
        truth = validation.prepared.targets[covered_rows(validation)]
        model.temperature.fill_(choose_temperature(outputs(model, validation)["probabilities"], truth))


@calibrate.register
def _events(model: EventModel, validation: Examples) -> None:
    """The temperature of the types' probabilities."""
    model.temperature.fill_(1.0)
    places, rows, _ = asked_rows(validation)
    types = validation.prepared.targets[rows, 0]
    truth = np.where(np.isnan(types), -1, types).astype(np.int64)
    model.temperature.fill_(choose_temperature(outputs(model, validation)["probabilities"][places], truth))


@singledispatch
def adopt(model: SequenceModel, other: SequenceModel) -> None:
    """Take over what another model of the same kind measured on validation examples."""


@adopt.register
def _adopt_intervals(model: ForecastModel, other: ForecastModel) -> None:
    """The interval's width."""
    model.interval_offsets.copy_(other.interval_offsets)


@adopt.register
def _adopt_certainty(model: ClassifyModel, other: ClassifyModel) -> None:
    """The temperature of the probabilities, and the threshold between two classes."""
    model.temperature.copy_(other.temperature)
    model.threshold.copy_(other.threshold)


@adopt.register
def _adopt_temperature(model: TagModel | EventModel, other: TagModel | EventModel) -> None:
    """The temperature of the probabilities."""
    model.temperature.copy_(other.temperature)
