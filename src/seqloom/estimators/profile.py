"""What an artifact keeps of its training, for those who watch its live streams."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from seqloom.artifact import Bundle
from seqloom.errors import SettingsError
from seqloom.estimators.judged import Judged
from seqloom.estimators.walk import Walked
from seqloom.evaluate import LOG_LOSS, MISTAKES
from seqloom.live import Form, played
from seqloom.monitor import (
    RIGHT,
    SURPRISE,
    Hits,
    Labels,
    Numbers,
    Outputs,
    Reference,
    Value,
    coverage_of,
    error_of,
    profile_of,
    said_of,
)
from seqloom.prepare import Examples, joint
from seqloom.sequence import AnomalyPrediction, Array, ForecastPrediction, ValuePrediction
from seqloom.tasks import TASKS

MOST_NUMBERS, MOST_LABELS = 1_000_000, 200_000
"""Values of a column that are looked at: the last ones of each sequence, in order."""
FEWEST = 2
"""Quantiles of an interval."""

Floats = NDArray[np.float64]


def watch_profile(bundle: Bundle, walked: Walked, validation: Judged) -> dict[str, Any]:
    """What live streams of a model are compared with; nothing for a model that does not stream.

    Args:
        bundle: the artifact.
        walked: how it came about.
        validation: what it answered on the validation part.
    """
    try:
        form = Form.of(bundle)
    except SettingsError:
        return {}
    dataset, spans = walked.parts.dataset, walked.parts.split.spans("train")
    inputs: dict[str, Reference] = {}
    for name in form.numbers:
        pieces = _pieces(dataset.column(name), spans, MOST_NUMBERS)
        inputs[name] = Numbers.of([piece.astype(np.float64) for piece in pieces])
    for name in form.listed:
        labels = (*dataset.categories[name], None)
        inputs[name] = Labels.of([[labels[code] for code in piece] for piece in _pieces_of_codes(dataset, name, spans)])
    return profile_of(inputs, _quality(validation), _outputs(bundle, walked))


def _outputs(bundle: Bundle, walked: Walked) -> Outputs | None:
    """What streams would have been answered on the validation part, by the model that is kept; None: nobody tried."""
    found = played(bundle, walked.parts.dataset, walked.parts.split.spans("validation"))
    if not found.told:
        return None
    said: dict[str, list[list[Value]]] = {}
    for one in found.told:
        own: dict[str, list[Value]] = {}
        for answer in one.answers:
            for name, value in said_of(answer).items():
                own.setdefault(name, []).append(value)
        for name, values in own.items():
            said.setdefault(name, []).append(values)
    norms = [[norm for norm in one.norms if norm is not None] for one in found.told]
    state = Numbers.of([np.array(own) for own in norms]) if any(norms) else None
    return Outputs({name: _reference(values) for name, values in said.items()}, state, found.settled, found.longest)


def _reference(sequences: list[list[Value]]) -> Reference:
    """Of labels or of numbers, as the first value is."""
    first = next((value for values in sequences for value in values if value is not None), None)
    if isinstance(first, str):
        return Labels.of([[None if value is None else str(value) for value in own] for own in sequences])
    numbers = [[np.nan if value is None else float(value) for value in own] for own in sequences]
    return Numbers.of([np.array(own, np.float64) for own in numbers])


def _pieces_of_codes(dataset: Any, name: str, spans: NDArray[np.int64]) -> list[Array]:  # noqa: ANN401 - a data set
    return _pieces(dataset.column(name), spans, MOST_LABELS)


def _pieces(column: Array, spans: NDArray[np.int64], most: int) -> list[Array]:
    """The training steps of each sequence, of very many the last ones."""
    lengths = spans[:, 1] - spans[:, 0]
    share = min(1.0, most / max(1, int(lengths.sum())))
    kept = np.ceil(lengths * share).astype(np.int64)
    return [column[stop - count : stop] for stop, count in zip(spans[:, 1], kept, strict=True) if count]


def _quality(validation: Judged) -> Mapping[str, Reference]:
    """How good the answers on the validation part were, by signal."""
    answered = validation.answered
    prediction = answered.prediction
    if isinstance(prediction, ForecastPrediction):
        return _of_forecasts(prediction, joint(answered.examples), answered.pipeline)
    if isinstance(prediction, ValuePrediction):
        truth = answered.pipeline.invert_targets(_truth(answered.examples, prediction), prediction.keys)
        errors = np.abs(prediction.values - truth)
        return {
            error_of(name): Numbers.of(_in_a_row(errors[:, place]), side=1, gaps=False)
            for place, name in enumerate(prediction.targets)
        }
    if isinstance(prediction, AnomalyPrediction):
        return {}  # marks are told of some readings, such as alarms: no part of the data is like them
    errors_of = TASKS[answered.model.task].trial(answered).model().errors
    keys = getattr(prediction, "keys", None)
    if keys is None:
        return {}
    found: dict[str, Reference] = {}
    if MISTAKES in errors_of and len(errors_of[MISTAKES]) == len(keys):
        found[RIGHT] = Hits.of(_in_a_row(1 - errors_of[MISTAKES]))
    if LOG_LOSS in errors_of and len(errors_of[LOG_LOSS]) == len(keys):
        found[SURPRISE] = Numbers.of(_in_a_row(errors_of[LOG_LOSS]), side=1, gaps=False)
    return found


def _of_forecasts(prediction: ForecastPrediction, windows: Examples, pipeline: Any) -> Mapping[str, Reference]:  # noqa: ANN401 - a pipeline
    """Errors and coverage of windows that follow each other without overlap, step by step, as live ones are judged."""
    chosen = _apart(windows)
    truth = pipeline.invert_targets(windows.truth().astype(np.float64), windows.keys())[chosen]  # [E, P, C]
    found: dict[str, Reference] = {}
    for place, name in enumerate(prediction.targets):
        true = truth[..., place]
        errors = np.abs(prediction.values[chosen][..., place] - true)
        found[error_of(name)] = Numbers.of(_in_a_row(errors.reshape(-1)), side=1, gaps=False)
        if len(prediction.levels) >= FEWEST:
            quantiles = prediction.quantiles[chosen][..., place, :]
            inside = ((quantiles[..., 0] <= true) & (true <= quantiles[..., -1])).astype(np.float64)
            found[coverage_of(name)] = Hits.of(_in_a_row(np.where(np.isnan(true), np.nan, inside).reshape(-1)))
    return found


def _apart(windows: Examples) -> list[int]:
    """Windows of each sequence that do not overlap, in the order of sequence and time."""
    chosen: list[int] = []
    sequence, free = -1, 0
    for place in np.lexsort((windows.stop, windows.sequence)).tolist():
        own, stop = int(windows.sequence[place]), int(windows.stop[place])
        if own != sequence or stop >= free:
            chosen.append(place)
            sequence, free = own, stop + windows.horizon
    return chosen


def _truth(examples: Examples, prediction: ValuePrediction) -> Floats:
    """The true values of each row, scaled."""
    if prediction.steps is None:
        found: Floats = examples.prepared.targets[examples.sequence].astype(np.float64)
        return found
    example = np.repeat(np.arange(len(examples)), (examples.stop - examples.start).astype(np.int64))
    rows: Floats = examples.prepared.targets[examples.start[example] + prediction.steps - 1].astype(np.float64)
    return rows


def _in_a_row(values: Floats) -> list[Floats]:
    """One sequence of all: answers are watched together, and who is harder to predict than others is worth an alarm."""
    return [np.asarray(values, np.float64)]
