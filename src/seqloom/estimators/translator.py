"""Translation of texts, in scikit-learn's manner."""

from collections.abc import Mapping, Sequence
from typing import Any, Self

from seqloom.errors import DataError
from seqloom.estimators.estimator import Data, SequenceEstimator
from seqloom.estimators.judged import Judged
from seqloom.evaluate import Against
from seqloom.sequence import Array, TranslatePrediction
from seqloom.train import Progress

SIDES = ("source", "target")
"""What the columns are called where texts are given as lists."""


class Translator(SequenceEstimator):
    """Translates texts: a recurrent encoder, and a decoder that reads it by attention.

    Args:
        cell: `rnn`, `lstm` or `gru`.
        hidden_size: width of the hidden state; None: chosen from the number of sentences.
        attention: `luong` or `bahdanau`; None: luong.
        beam: beginnings that beam search keeps; 1: greedy; None: 5.
        epochs: passes over the training sentences; None: chosen from their number.
        seed: seed of weights, order and dropout; None: 0.
        settings: any other setting by name, as on the command line.

    Example:
        >>> german, english = ["ein hund", "ein mann", "zwei"] * 9, ["a dog", "a man", "two"] * 9
        >>> model = Translator(hidden_size=16, epochs=30, settings={"learning_rate": 0.02}).fit(german, english)
        >>> model.predict(["ein mann", "zwei"]).tolist()
        ['a man', 'two']
    """

    task = "translate"

    def __init__(
        self,
        *,
        cell: str | None = None,
        hidden_size: int | None = None,
        attention: str | None = None,
        beam: int | None = None,
        epochs: int | None = None,
        seed: int | None = None,
        settings: Mapping[str, Any] | None = None,
    ) -> None:
        self.cell = cell
        self.hidden_size = hidden_size
        self.attention = attention
        self.beam = beam
        self.epochs = epochs
        self.seed = seed
        self.settings = settings

    def fit(
        self,
        data: Data,
        y: Any = None,  # noqa: ANN401 - as for all estimators
        *,
        test: Data | None = None,
        lengths: Sequence[int] | None = None,
        progress: Progress | None = None,
        **columns: Any,  # noqa: ANN401 - the fields of ReadSettings, checked there
    ) -> Self:
        """Train on pairs of texts and judge the model beside simple alternatives.

        Args:
            data: a list of texts; or a path or a table, see `SequenceEstimator.fit`: of two files that are
                translations of each other line by line, that of the source.
            y: for a list of texts, the list of their translations.
            test: data to judge on, as `data`; by default a part of `data` is held out.
            lengths: of no use for texts.
            progress: who is told how the training goes.
            columns: how to read a table; `target` names the column of the translations, or their file.
        """
        if y is not None:
            data, columns = _pairs(data, y, SIDES), {"target": SIDES[1], "text": SIDES, **columns}
        return super().fit(data, test=test, lengths=lengths, progress=progress, **columns)

    def answer(
        self, data: Data, *, lengths: Sequence[int] | None = None, rate: int | None = None
    ) -> TranslatePrediction:
        """Translations with their log-probabilities, and what each symbol of them read of its source.

        Args:
            data: a list of texts, or data of the same columns; the column of translations may be missing.
            lengths: of no use for texts.
            rate: of no use for texts.
        """
        if _listed(data):
            data = {self._sides[0]: list(data)}  # type: ignore[arg-type]  # it is a sequence
        prediction = super().answer(data, lengths=lengths, rate=rate)
        if not isinstance(prediction, TranslatePrediction):
            raise TypeError(type(prediction))
        return prediction

    def predict(self, data: Data, *, lengths: Sequence[int] | None = None) -> Array:
        """The translation of each text, [B]."""
        return self.answer(data, lengths=lengths).texts

    def judged(
        self,
        data: Data,
        y: Any = None,  # noqa: ANN401 - as for all estimators
        *,
        test: Data | None = None,
        lengths: Sequence[int] | None = None,
        against: Against = "quick",
    ) -> Judged:
        """Judge the model on other texts with known translations; the arguments are those of `fit`."""
        if y is not None:
            data = _pairs(data, y, self._sides)
        return super().judged(data, test=test, lengths=lengths, against=against)

    @property
    def _sides(self) -> tuple[str, str]:
        """Names of the columns of the source and of the translations."""
        schema = self.schema_
        return next(name for name in schema.step_columns if schema.column(name).kind == "text"), schema.targets[0]


def _listed(data: Data) -> bool:
    """Whether data is a list of texts."""
    return isinstance(data, Sequence) and not isinstance(data, str) and all(isinstance(text, str) for text in data)


def _pairs(data: Data, y: Any, names: tuple[str, str]) -> dict[str, list[str]]:  # noqa: ANN401 - as for all estimators
    """Two lists of texts as a table."""
    if not _listed(data) or not _listed(y) or len(data) != len(y):  # type: ignore[arg-type]  # both are sequences
        sizes = [f"{len(part)} texts" if _listed(part) else type(part).__name__ for part in (data, y)]  # type: ignore[arg-type]  # as above
        fix = "give each text its translation"
        raise DataError(
            "texts and translations",
            expected="two lists of texts of the same length",
            came=" and ".join(sizes),
            fix=fix,
        )
    return dict(zip(names, (list(data), list(y)), strict=True))  # type: ignore[arg-type]  # as above
