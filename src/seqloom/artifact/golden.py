"""Golden examples: a few real inputs, and what the model answered for them when it was trained.

A loaded model answers them again. Hashes show that the bytes are the old ones; the examples show that the software
around them still gives the old answers.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from seqloom.artifact.refusal import refusal
from seqloom.errors import DataError
from seqloom.model import SequenceModel, predict_dataset
from seqloom.prepare import Pipeline
from seqloom.sequence import MEAN, Array, SequenceDataset, spans

SPREAD_TOLERANCE = 1e-4
"""Share of the targets' half-range an answer may differ by.

Single precision keeps 7 digits; over some thousand recurrent steps, in the order of additions of another machine,
5 remain. Ten times that is far below what any change of meaning does.
"""

LABELS = 100
"""Labels of a category beyond which only those that occur are kept."""
SOURCE = "golden examples"
SEQUENCES = 4
SHORTEST = 200
"""Steps kept of each sequence at least, where there are as many."""

VALUE_TOLERANCE = 1e-5
"""Share of the value itself it may differ by besides: what an inverse logarithm makes of the same rounding."""


@dataclass(frozen=True)
class Golden:
    """Inputs as they were read, and the answers of the process that trained the model.

    Args:
        dataset: a few sequences, unprepared.
        outputs: the numbers of the prediction by name, first axis the example.
    """

    dataset: SequenceDataset
    outputs: Mapping[str, Array]

    @classmethod
    def record(cls, model: SequenceModel, pipeline: Pipeline, dataset: SequenceDataset) -> "Golden":
        """An excerpt of a data set with what the model answers for it now.

        Args:
            model: the trained model.
            pipeline: the preparation it was trained with.
            dataset: the data it was trained on, unprepared.

        Raises:
            DataError: no part of the data is long enough to predict from.
        """
        ahead = model.sizes.horizon
        window = (model.settings.lookback or 0) + ahead if ahead else 0
        inputs = excerpt(dataset, least=window, steps=max(2 * window, SHORTEST * pipeline.rows_per_step), ahead=ahead)
        return cls(inputs, predict_dataset(model, pipeline, inputs).numbers())

    def replay(self, model: SequenceModel, pipeline: Pipeline, where: str) -> None:
        """Let a model answer the examples again.

        Args:
            model: the model to try.
            pipeline: the preparation to try.
            where: the artifact, for messages.

        Raises:
            ArtifactError: it answers otherwise than it did.
        """
        answers = predict_dataset(model, pipeline, self.dataset).numbers()
        where = f"{where}, golden examples"
        if not self.outputs or answers.keys() != self.outputs.keys():
            raise refusal(where, expected=f"the outputs {', '.join(answers)}", came=", ".join(self.outputs) or "none")
        for name, expected in self.outputs.items():
            if answers[name].shape != expected.shape or not expected.size:
                came = f"shape {answers[name].shape}"
                raise refusal(f"{where}, {name}", expected=f"shape {expected.shape}, not empty", came=came)
            allowed = self._allowed(name, expected)
            if not (np.abs(answers[name] - expected) <= allowed).all():
                fix = "use the versions of seqloom and torch it was made with, or train it again"
                worst = float(np.max(np.abs(answers[name] - expected) / allowed))
                came = f"answers up to {worst:.3g} times further off"
                raise refusal(f"{where}, {name}", expected="the answers of training, to 4 digits", came=came, fix=fix)

    def _allowed(self, name: str, expected: Array) -> NDArray[np.float64]:
        """How far each number may be off: by the spread of its target for values, by that of 1 for probabilities."""
        spread = np.ones(1)
        if name in ("values", "quantiles"):
            spread = np.array([_half_range(self.dataset.column(target)) for target in self.dataset.schema.targets])
        if name.endswith(MEAN):
            spread = np.array(_half_range(self.dataset.column(name.removesuffix(MEAN))))
        if name == "quantiles":
            spread = spread[:, np.newaxis]  # [C] -> [C, 1], beside [B, P, C, Q]
        allowed: NDArray[np.float64] = SPREAD_TOLERANCE * spread + VALUE_TOLERANCE * np.abs(expected)
        return allowed


def excerpt(
    dataset: SequenceDataset, *, sequences: int = SEQUENCES, least: int = 0, steps: int = SHORTEST, ahead: int = 0
) -> SequenceDataset:
    """The ends of a few sequences of a data set, spread evenly over it.

    Args:
        dataset: where to take them from.
        sequences: how many to take at most.
        least: steps a sequence must have to be taken.
        steps: how many of the last steps of each to keep at most.
        ahead: how many of those shall be the future: their targets are taken out.

    Raises:
        DataError: no sequence is long enough.
    """
    long_enough = np.flatnonzero(dataset.lengths >= max(least, 1))
    if not len(long_enough):
        came = f"at most {max(dataset.lengths, default=0)}"
        raise DataError(dataset.source, expected=f"a sequence of {least} steps", came=came, fix="give longer sequences")
    places = np.linspace(0, len(long_enough) - 1, min(sequences, len(long_enough))).round().astype(np.int64)
    chosen = long_enough[places]
    stops = dataset.offsets[chosen + 1]
    starts = np.maximum(dataset.offsets[chosen], stops - steps)
    rows = spans(starts, stops)
    offsets = np.concatenate([[0], np.cumsum(stops - starts)]).astype(np.int64)
    columns = {name: np.array(values[rows]) for name, values in dataset.steps.items()}
    statics = {name: np.array(values[chosen]) for name, values in dataset.statics.items()}
    categories = dict(dataset.categories) | _texts_of(dataset, columns) | _texts_of(dataset, statics)
    future = spans(np.maximum(offsets[1:] - ahead, offsets[:-1]), offsets[1:])
    for name in columns.keys() & set(dataset.schema.targets) if ahead else ():
        columns[name][future] = np.nan
    return SequenceDataset(
        schema=dataset.schema,
        offsets=offsets,
        steps=columns,
        statics=statics,
        keys=dataset.keys[chosen],
        categories=categories,
        times=None if dataset.times is None else np.array(dataset.times[rows]),
        source=SOURCE,
    )


def _texts_of(dataset: SequenceDataset, columns: dict[str, Array]) -> dict[str, tuple[str, ...]]:
    """The texts and words that some rows hold, and no others; the codes in `columns` are changed to be theirs."""
    found = {}
    for column in dataset.schema.columns:
        many = len(dataset.categories.get(column.name, ())) > LABELS
        if column.coded and (column.kind == "text" or many) and column.name in columns:
            codes = columns[column.name]
            used = np.unique(codes[codes >= 0])
            columns[column.name] = np.where(codes < 0, codes, np.searchsorted(used, codes)).astype(codes.dtype)
            found[column.name] = tuple(dataset.categories[column.name][code] for code in used)
    return found


def _half_range(values: Array) -> float:
    """Half the distance between the least and the greatest value; their size where they are all the same."""
    finite = values[np.isfinite(values)]
    if not len(finite):
        return 1.0
    half = float(np.max(finite) - np.min(finite)) / 2
    return half or float(np.max(np.abs(finite))) or 1.0
