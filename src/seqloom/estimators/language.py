"""Language models of running text, in scikit-learn's manner."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from seqloom.errors import ArtifactError
from seqloom.estimators.estimator import Data, SequenceEstimator
from seqloom.model import Drawing, Writer
from seqloom.model import LanguageModel as Network
from seqloom.sequence import LanguagePrediction


class LanguageModel(SequenceEstimator):
    r"""Tells how likely a text is, and goes on writing one, with a recurrent network.

    Args:
        tokens: what is read at a step: `characters`, `words`, `bpe` or `wordpiece`; None: characters.
        cell: `rnn`, `lstm`, `gru` or another cell.
        hidden_size: width of the hidden state; None: chosen from the length of the text.
        layers: recurrent layers on top of each other.
        epochs: passes over the text; None: chosen from its length.
        seed: seed of weights, order and dropout; None: 0.
        settings: any other setting by name, as on the command line.

    Example:
        >>> model = LanguageModel(hidden_size=8, epochs=2).fit(["to be or not to be\n" * 40])
        >>> len(model.generate(length=20))
        20
    """

    task = "language"

    def __init__(
        self,
        *,
        tokens: str | None = None,
        cell: str | None = None,
        hidden_size: int | None = None,
        layers: int | None = None,
        epochs: int | None = None,
        seed: int | None = None,
        settings: Mapping[str, Any] | None = None,
    ) -> None:
        self.tokens = tokens
        self.cell = cell
        self.hidden_size = hidden_size
        self.layers = layers
        self.epochs = epochs
        self.seed = seed
        self.settings = settings

    @property
    def vocabulary_(self) -> tuple[str, ...]:
        """The tokens in the order of their codes, the unknown one first."""
        return self._bundle.pipeline.tokens

    def predict(self, data: Data, *, lengths: Sequence[int] | None = None) -> NDArray[np.float64]:
        """The natural logarithm of the probability of each token but the first of each text, [N]."""
        prediction = self.answer(data, lengths=lengths)
        if not isinstance(prediction, LanguagePrediction):
            raise TypeError(type(prediction))
        return prediction.log_probabilities

    def generate(self, seed_text: str = "", *, length: int = 500, drawing: Drawing | None = None) -> str:
        """A text the model goes on with.

        Args:
            seed_text: what it goes on from; it is not part of the answer.
            length: tokens to write.
            drawing: how tokens are drawn; None: each with its probability, by seed 0.

        Raises:
            DataError: the seed text has a character or word the model does not know.
        """
        return "".join(self.pieces(seed_text, length=length, drawing=drawing))

    def pieces(self, seed_text: str = "", *, length: int = 500, drawing: Drawing | None = None) -> Iterator[str]:
        """The same, piece after piece as it is made; every piece is of whole characters."""
        return self.writer.stream(seed_text, length=length, drawing=drawing or Drawing())

    @property
    def writer(self) -> Writer:
        """What writes; made anew with every call."""
        bundle = self._bundle
        if not isinstance(bundle.model, Network):
            raise ArtifactError("model", expected="a language model", came=bundle.model.task, fix="train one")
        return Writer(bundle.model, bundle.pipeline)
