"""Answers of live streams, judged by what came true: by later readings, or by what somebody told."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import orjson
from numpy.typing import NDArray

from seqloom.evaluate.trial import LOG_LOSS, MISTAKES, NATS, SQUARED_ERROR
from seqloom.live import Form
from seqloom.retrain.recorded import Key, Truth, truth_of
from seqloom.store import Record

CHOSEN, PROBABILITY, SURPRISE = "prediction", "probability_", "surprise"
LEAST = float(np.finfo(np.float64).eps)
Answer = Mapping[str, Any]
Matrix = NDArray[np.float64]


def errors_beside(
    form: Form, champion: Mapping[Key, Record], challenger: Mapping[Key, Record]
) -> tuple[dict[str, Matrix], dict[str, Matrix]]:
    """Errors of two models that answered the same readings.

    Forecasts and events are judged by the readings that follow, everything else by what was told of a reading; of
    running text every answer says how little its tokens were expected. Squared errors are in units of each target's
    own spread.

    Args:
        form: of the readings.
        champion: records by stream, epoch and number, in this order.
        challenger: the same readings, answered by the other model; one that is missing is left out.

    Returns:
        Of each, one error per answer by the kind of error, [E], in the order of the keys; an answer that cannot be
        judged yet is left out, and NaN stands for a number that an answer should have had.
    """
    both = sorted(champion.keys() & challenger.keys())
    if not both:
        return {}, {}
    answers = [[orjson.loads(found[key].prediction) for key in both] for found in (champion, challenger)]
    if all(SURPRISE in answer for answer in answers[0]):
        rows = [_numbers([answer.get(SURPRISE) for answer in own]) for own in answers]
        known = np.isfinite(rows[0])
        return {NATS: rows[0][known]}, {NATS: rows[1][known]}
    truths = [_truth(form, champion, key) for key in both]
    found = [_squared(form, own, truths) | _chosen(form, own, truths) for own in answers]
    kinds = [kind for kind, errors in found[0].items() if np.isfinite(errors).any()]
    kept = {kind: np.isfinite(found[0][kind]) for kind in kinds}
    mine, theirs = ({kind: own[kind][kept[kind]] for kind in kinds if kind in own} for own in found)
    return mine, theirs


def _truth(form: Form, records: Mapping[Key, Record], key: Key) -> list[Truth]:
    """What came true of an answer: of one about what follows, the targets of the next readings, one after the other."""
    targets = form.schema.targets
    if form.unasked:
        return [truth_of(records[key], targets)]
    stream, epoch, seq = key
    answer = orjson.loads(records[key].prediction)
    steps = max((len(answer[name]) for name in targets if isinstance(answer.get(name), list)), default=1)
    later = [records.get((stream, epoch, seq + step)) for step in range(1, steps + 1)]
    return [{} if one is None else orjson.loads(one.inputs).get("values", {}) for one in later]


def _squared(form: Form, answers: Sequence[Answer], truths: Sequence[Sequence[Truth]]) -> dict[str, Matrix]:
    """Squared errors of number targets, averaged over targets and steps, [E]."""
    columns = []
    for name in form.schema.targets:
        if form.schema.column(name).kind != "number":
            continue
        truth = [_numbers([step.get(name) for step in steps]) for steps in truths]
        known = np.concatenate(truth)
        spread = float(np.nanstd(known)) if np.isfinite(known).any() else 0.0
        said = [_numbers(value if isinstance(value := answer.get(name), list) else [value]) for answer in answers]
        pairs = zip(said, truth, strict=True)
        columns.append([_mean_square(own, came, spread or 1.0) for own, came in pairs])
    return {SQUARED_ERROR: np.array(columns).mean(axis=0)} if columns else {}


def _mean_square(said: Matrix, came: Matrix, spread: float) -> float:
    """NaN where nothing came true, or the answer says nothing; what came true beyond a shorter answer is left out."""
    steps = min(len(said), len(came))
    known = np.isfinite(came[:steps])
    return float((((said[:steps] - came[:steps]) / spread)[known] ** 2).mean()) if known.any() else math.nan


def _chosen(form: Form, answers: Sequence[Answer], truths: Sequence[Sequence[Truth]]) -> dict[str, Matrix]:
    """Mistakes of labels, and where an answer has probabilities how little the right one was expected, [E] each."""
    (target, *more) = form.schema.targets
    if more or form.schema.column(target).kind == "number":
        return {}
    labels = [None if steps[0].get(target) is None else str(steps[0][target]) for steps in truths]
    said = [answer.get(CHOSEN, answer.get(target)) for answer in answers]
    wrong = [math.nan if label is None else float(own != label) for own, label in zip(said, labels, strict=True)]
    losses = [_log_loss(answer, label) for answer, label in zip(answers, labels, strict=True)]
    return {MISTAKES: np.array(wrong)} | ({LOG_LOSS: np.array(losses)} if np.isfinite(losses).any() else {})


def _log_loss(answer: Answer, label: str | None) -> float:
    """NaN where no label came true; a label the model does not know was not expected at all."""
    if label is None or not any(name.startswith(PROBABILITY) for name in answer):
        return math.nan
    chance = answer.get(PROBABILITY + label, 0.0)
    return math.nan if chance is None else -math.log(max(LEAST, float(chance)))


def _numbers(values: Sequence[object]) -> Matrix:
    """NaN for what is no number."""
    plain = [float(value) if isinstance(value, int | float) else math.nan for value in values]
    return np.array(plain, dtype=np.float64)
