"""From examples to answers in the units of the data."""

from dataclasses import replace

import numpy as np
import torch
from numpy.typing import NDArray

from seqloom.model.model import SequenceModel
from seqloom.prepare import Examples, Pipeline, epoch, joint
from seqloom.sequence import Array, Batch, ForecastPrediction, Prediction, Ragged, SequenceDataset, spans

BATCH_SIZE = 256
BATCH_STEPS = 1 << 16
"""Steps answered at once, at most, where that is more than one sequence: long ones do not all fit into memory."""


def predict(
    model: SequenceModel, pipeline: Pipeline, examples: Examples, *, batch_size: int = BATCH_SIZE
) -> Prediction:
    """What the model answers for the examples, in their order and in the units of the data."""
    return model.prediction(outputs(model, examples, batch_size=batch_size), pipeline, examples)


def predict_dataset(model: SequenceModel, pipeline: Pipeline, dataset: SequenceDataset) -> Prediction:
    """What the model answers for a data set as it was read: forecasts follow the last step of every sequence.

    Where widths of intervals follow what comes true, all windows of the data set are forecast for it.
    """
    prepared = pipeline.transform(dataset)
    if model.widths is None:
        return predict(model, pipeline, model.latest(prepared, model.settings))
    examples = model.so_far(prepared, model.settings)
    found = predict(model, pipeline, examples)
    last = np.flatnonzero(np.diff(joint(examples).sequence, append=-1))
    return found.chosen(last) if isinstance(found, ForecastPrediction) else found


def outputs(model: SequenceModel, examples: Examples, *, batch_size: int = BATCH_SIZE) -> dict[str, Array]:
    """The model's raw outputs in scaled units, by name, in the order of the examples; in batches where it needs them.

    Outputs of models with a value per step are given step by step, one sequence after the other. Ragged outputs are
    given one sequence after the other, too, and under `NAME_offsets` where each sequence's begin and end.
    """
    at_once = model.at_once(examples)
    if at_once is not None:
        return at_once
    training = model.training
    model.eval()
    collected: dict[str, Array] = {}
    ragged: dict[str, list[tuple[NDArray[np.int64], Ragged]]] = {}
    lengths = (examples.stop - examples.start) if model.sizes.per_step else np.ones(len(examples), dtype=np.int64)
    ends = np.cumsum(lengths)
    longest = max(1, int(examples.lengths.max(initial=1)))
    batch_size = max(1, min(batch_size, BATCH_STEPS // longest))
    with torch.inference_mode():
        for indices in epoch(examples, batch_size, generator=None, buckets=1):
            batch = examples.batch(indices)
            rows = spans(ends[indices] - lengths[indices], ends[indices])
            answers = _in_pieces(model, examples, indices) if _is_long(examples, indices) else model.predict(batch)
            for name, tensor in answers.items():
                if isinstance(tensor, Ragged):
                    ragged.setdefault(name, []).append((indices, tensor.take(torch.argsort(batch.order))))
                    continue
                if name not in collected:
                    collected[name] = np.empty((int(lengths.sum()), *tensor.shape[1:]), dtype=np.float32)
                collected[name][rows] = tensor[_asked_order(batch, per_step=model.sizes.per_step)].numpy()
    model.train(training)
    for name, parts in ragged.items():
        collected |= _joined(name, parts, len(examples))
    return collected


def last_outputs(model: SequenceModel, examples: Examples) -> dict[str, Array]:
    """The same, but of models with a value per step those of the last step of each example alone."""
    at_once = model.at_once(examples, ends=True)
    if at_once is not None:
        return at_once
    found = outputs(model, examples)
    if not model.sizes.per_step:
        return found
    ends = np.cumsum(examples.stop - examples.start) - 1
    return {name: values[ends] for name, values in found.items()}


def _is_long(examples: Examples, indices: NDArray[np.int64]) -> bool:
    """Whether this is one carried example, too long to be answered at once."""
    return examples.carried and len(indices) == 1 and int(examples.lengths[indices[0]]) > BATCH_STEPS


def _in_pieces(model: SequenceModel, examples: Examples, indices: NDArray[np.int64]) -> dict[str, torch.Tensor]:
    """The answers for one carried example, read piece after piece, each from the state the one before left."""
    (start,), (stop,) = examples.start[indices], examples.stop[indices]
    state, parts = None, []
    for first in range(int(start), int(stop), BATCH_STEPS):
        last = min(first + BATCH_STEPS, int(stop))
        piece = replace(examples, sequence=examples.sequence[indices], start=np.array([first]), stop=np.array([last]))
        answers, state = model.read_rows(piece.batch(np.arange(1)), state)
        parts.append(answers)
    return {name: torch.cat([part[name] for part in parts]) for name in parts[0]}


def _joined(name: str, parts: list[tuple[NDArray[np.int64], Ragged]], count: int) -> dict[str, Array]:
    """Ragged outputs of all batches, in the order of the examples."""
    places = np.concatenate([indices for indices, _ in parts])
    lengths = torch.cat([part.lengths for _, part in parts])
    every = Ragged(torch.cat([part.values for _, part in parts]), lengths).take(torch.from_numpy(np.argsort(places)))
    offsets = np.zeros(count + 1, dtype=np.int64)
    np.cumsum(every.lengths.numpy(), out=offsets[1:])
    return {name: every.values.numpy(), f"{name}_offsets": offsets}


def _asked_order(batch: Batch, *, per_step: bool) -> torch.Tensor:
    """Which row of the batch comes at each place of the examples as they were asked for."""
    if not per_step:
        return torch.argsort(batch.order)
    return torch.argsort(batch.order[batch.numbers.sequence_rows], stable=True)
