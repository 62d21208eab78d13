"""What a model answers, in the units of the data it was given."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from seqloom.sequence.anomaly_prediction import AnomalyPrediction
from seqloom.sequence.dataset import Array
from seqloom.sequence.event_prediction import EventPrediction
from seqloom.sequence.label_prediction import LabelPrediction
from seqloom.sequence.next_prediction import NextPrediction


@dataclass(frozen=True)
class ForecastPrediction:
    """The next `P` steps of one or several targets, for each of `B` examples.

    Args:
        values: point forecasts, [B, P, C].
        quantiles: one forecast per level, [B, P, C, Q].
        levels: the levels of `quantiles`, between 0 and 1, increasing.
        targets: names of the target columns, length C.
        keys: which sequence each example belongs to, [B].
        times: time stamps of the forecast steps, [B, P]; step numbers where there is no clock.
        calibrated: where widths followed what came true, `quantiles` as they were before, [B, P, C, Q]; else None.
    """

    values: NDArray[np.float64]
    quantiles: NDArray[np.float64]
    levels: tuple[float, ...]
    targets: tuple[str, ...]
    keys: Array
    times: Array
    calibrated: NDArray[np.float64] | None = None

    def numbers(self) -> dict[str, Array]:
        """The numbers by name, as golden examples keep them."""
        return {"values": self.values, "quantiles": self.quantiles}

    def chosen(self, places: NDArray[np.int64]) -> "ForecastPrediction":
        """Those of some examples."""
        each = {name: getattr(self, name)[places] for name in ("values", "quantiles", "keys", "times")}
        return replace(self, **each, calibrated=None if self.calibrated is None else self.calibrated[places])

    def to_columns(self) -> dict[str, Array]:
        """One row per example and step ahead: key, time, step, then value and quantiles of each target."""
        examples, horizon, _ = self.values.shape
        columns: dict[str, Array] = {
            "sequence": np.repeat(self.keys, horizon),
            "time": self.times.reshape(-1),
            "step": np.tile(np.arange(1, horizon + 1), examples),
        }
        for c, name in enumerate(self.targets):
            columns[name] = self.values[:, :, c].reshape(-1)
            for q, level in enumerate(self.levels):
                columns[f"{name}_q{round(level * 100):02d}"] = self.quantiles[:, :, c, q].reshape(-1)
        return columns


@dataclass(frozen=True)
class ClassPrediction:
    """One class for each of `B` sequences.

    Args:
        labels: the predicted class, [B].
        probabilities: one per class, rows sum to 1, [B, K].
        classes: the class labels, in the order of `probabilities`.
        keys: name of each sequence, [B].
    """

    labels: Array
    probabilities: NDArray[np.float64]
    classes: tuple[str, ...]
    keys: Array

    def numbers(self) -> dict[str, Array]:
        """The numbers by name, as golden examples keep them."""
        return {"probabilities": self.probabilities}

    def to_columns(self) -> dict[str, Array]:
        """One row per sequence: key, prediction, then the probability of each class."""
        columns: dict[str, Array] = {"sequence": self.keys, "prediction": self.labels}
        for k, name in enumerate(self.classes):
            columns[f"probability_{name}"] = self.probabilities[:, k]
        return columns


@dataclass(frozen=True)
class ValuePrediction:
    """One value per target for each of `B` sequences, or for each of their steps.

    Args:
        values: [B, C]; one row per step where targets have a value per step.
        targets: names of the target columns, length C.
        keys: name of the sequence of each row, [B].
        steps: which step of its sequence each row is, from 1 on; None where a row is a whole sequence.
    """

    values: NDArray[np.float64]
    targets: tuple[str, ...]
    keys: Array
    steps: NDArray[np.int64] | None = None

    def numbers(self) -> dict[str, Array]:
        """The numbers by name, as golden examples keep them."""
        return {"values": self.values}

    def to_columns(self) -> dict[str, Array]:
        """One row per sequence or step: key, step, then the value of each target."""
        columns: dict[str, Array] = {"sequence": self.keys}
        if self.steps is not None:
            columns["step"] = self.steps
        for c, name in enumerate(self.targets):
            columns[name] = self.values[:, c]
        return columns


@dataclass(frozen=True)
class TagPrediction:
    """One class for each step of `B` sequences, one sequence after the other.

    Args:
        labels: the predicted class of each step, [steps].
        probabilities: one per class, rows sum to 1, [steps, K].
        classes: the class labels, in the order of `probabilities`.
        keys: name of the sequence of each step, [steps].
        steps: which step of its sequence each is, from 1 on, [steps].
        words: the word of each step, [steps]; None where steps are no words.
    """

    labels: Array
    probabilities: NDArray[np.float64]
    classes: tuple[str, ...]
    keys: Array
    steps: NDArray[np.int64]
    words: Array | None = None

    def numbers(self) -> dict[str, Array]:
        """The numbers by name, as golden examples keep them."""
        return {"probabilities": self.probabilities}

    def to_columns(self) -> dict[str, Array]:
        """One row per step: key, step, word, prediction, then the probability of each class."""
        columns: dict[str, Array] = {"sequence": self.keys, "step": self.steps}
        if self.words is not None:
            columns["word"] = self.words
        columns["prediction"] = self.labels
        for k, name in enumerate(self.classes):
            columns[f"probability_{name}"] = self.probabilities[:, k]
        return columns

    def by_sequence(self, values: Array) -> list[Array]:
        """Something of each step, [steps, ...], as one array for each sequence."""
        return np.split(values, np.flatnonzero(self.steps == 1)[1:])


@dataclass(frozen=True)
class TextPrediction:
    """A text for each of `B` sequences.

    Args:
        texts: what is answered, [B].
        scores: logarithm of the probability the model gives to each, [B].
        target: name of the target column.
        keys: name of each sequence, [B].
    """

    texts: Array
    scores: NDArray[np.float64]
    target: str
    keys: Array

    def numbers(self) -> dict[str, Array]:
        """The numbers by name, as golden examples keep them."""
        return {"scores": self.scores}

    def to_columns(self) -> dict[str, Array]:
        """One row per sequence: key, text, logarithm of its probability."""
        return {"sequence": self.keys, self.target: self.texts, "log_probability": self.scores}


@dataclass(frozen=True)
class TranscriptPrediction(TextPrediction):
    """What each of `B` sequences says, word for word."""


@dataclass(frozen=True)
class LanguagePrediction:
    """How likely a model found each token of running text, given those before it.

    Args:
        log_probabilities: natural logarithm of the probability of the token that came, [N].
        expected: what the model expected minus that logarithm to be, the entropy of its distribution in nats, [N].
        best: code of the most probable token, [N].
        came: code of the token that came, [N].
        vocabulary: the tokens in the order of their codes, the unknown one first.
        keys: name of the sequence of each token, [N].
        steps: which token of its sequence each is, from 1 on, [N].
    """

    log_probabilities: NDArray[np.float64]
    expected: NDArray[np.float64]
    best: NDArray[np.int64]
    came: NDArray[np.int64]
    vocabulary: tuple[str, ...]
    keys: Array
    steps: NDArray[np.int64]

    def numbers(self) -> dict[str, Array]:
        """The numbers by name, as golden examples keep them."""
        return {"log_probabilities": self.log_probabilities}

    def to_columns(self) -> dict[str, Array]:
        """One row per token: key, step, token, logarithm of its probability, and the most probable token."""
        tokens = np.array(self.vocabulary, dtype=object)
        return {
            "sequence": self.keys,
            "step": self.steps,
            "token": tokens[self.came].astype(str),
            "log_probability": self.log_probabilities,
            "best": tokens[self.best].astype(str),
        }


@dataclass(frozen=True)
class Alignment:
    """What each symbol of a translation read of its source.

    Args:
        source: the tokens of the source, length T.
        target: the symbols of the translation, length R.
        weights: how much each symbol, and after them the end, read of each token; rows sum to 1, [R + 1, T].
    """

    source: tuple[str, ...]
    target: tuple[str, ...]
    weights: NDArray[np.float32]


@dataclass(frozen=True)
class TranslatePrediction(TextPrediction):
    """A translation of each of `B` texts.

    Args:
        alignments: what each was read from, [B].
        reference_scores: logarithm of the probability the model gives to the true translation, that of its end
            included, [B]; NaN where there is none.
        reference_symbols: symbols of the true translation, its end counted, [B]; 0 where there is none.
    """

    alignments: tuple[Alignment, ...]
    reference_scores: NDArray[np.float64]
    reference_symbols: NDArray[np.int64]


@dataclass(frozen=True)
class FramePrediction:
    """How probable each entry of the frames of `B` sequences was, one frame after the other, `N` in all.

    Args:
        logits: of each entry being on, given the frames before and, from models whose entries depend on each other, the
            entries before it in its own frame, [N, K].
        targets: names of the entries, length K.
        keys: name of the sequence of each frame, [N].
        steps: which step of its sequence each frame is, from 1 on, [N].
    """

    logits: NDArray[np.float64]
    targets: tuple[str, ...]
    keys: Array
    steps: NDArray[np.int64]

    @property
    def probabilities(self) -> NDArray[np.float64]:
        """Of each entry being on, [N, K]."""
        probabilities: NDArray[np.float64] = np.exp(-np.logaddexp(0.0, -self.logits))
        return probabilities

    def numbers(self) -> dict[str, Array]:
        """The numbers by name, as golden examples keep them."""
        return {"probabilities": self.probabilities}

    def to_columns(self) -> dict[str, Array]:
        """One row per frame: key, step, then the probability of each entry."""
        probabilities = self.probabilities
        columns: dict[str, Array] = {"sequence": self.keys, "step": self.steps}
        return columns | {f"probability_{name}": probabilities[:, k] for k, name in enumerate(self.targets)}


Prediction = (
    ForecastPrediction
    | ClassPrediction
    | LabelPrediction
    | ValuePrediction
    | TagPrediction
    | TextPrediction
    | EventPrediction
    | AnomalyPrediction
    | LanguagePrediction  # a line each, in the order they came
    | FramePrediction
    | NextPrediction
)
