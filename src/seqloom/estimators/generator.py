"""Models that generate, music and images, in scikit-learn's manner."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from seqloom.errors import SettingsError
from seqloom.estimators.estimator import Data, SequenceEstimator
from seqloom.evaluate import MODEL
from seqloom.model import FrameModel, Sampling, generate
from seqloom.sequence import Array, FramePrediction

Frames = NDArray[np.uint8]
LENGTHS = "lengths"
"""The entry of an artifact's profile that holds the least, the median and the greatest number of steps."""


class FrameGenerator(SequenceEstimator):
    """Learns frames of entries that are on or off, each from those before it, and generates new ones.

    Args:
        cell: `rnn`, `lstm` or `gru`, or another cell.
        hidden_size: width of the hidden state; None: chosen from the size of the data.
        frame_head: `independent` or `autoregressive` entries within a frame; None: the latter.
        epochs: passes over the training sequences; None: chosen from their number.
        seed: seed of weights, order and dropout; None: 0.
        settings: any other setting by name, as on the command line.
    """

    def __init__(
        self,
        *,
        cell: str | None = None,
        hidden_size: int | None = None,
        frame_head: str | None = None,
        epochs: int | None = None,
        seed: int | None = None,
        settings: Mapping[str, Any] | None = None,
    ) -> None:
        self.cell = cell
        self.hidden_size = hidden_size
        self.frame_head = frame_head
        self.epochs = epochs
        self.seed = seed
        self.settings = settings

    def predict(self, data: Data, *, lengths: Sequence[int] | None = None) -> FramePrediction:
        """How probable each entry of each frame is, given the frames before it."""
        prediction = self.answer(data, lengths=lengths)
        if not isinstance(prediction, FramePrediction):
            raise TypeError(type(prediction))
        return prediction

    def score(self, data: Data, y: None = None) -> float:  # noqa: ARG002 - the signature is scikit-learn's
        """The mean log-likelihood of a frame in nats: minus `nll`, the higher the better."""
        return -float(self.evaluate(data).metrics[MODEL]["nll"])

    def generate(
        self,
        length: int | None = None,
        *,
        count: int = 1,
        temperature: float = 1.0,
        seed: int = 0,
        start: Array | None = None,
    ) -> Frames:
        """New sequences; the same seed gives the same ones.

        Args:
            length: new frames of each; None: the median length of the training data.
            count: sequences.
            temperature: below 1 the probable becomes more probable, above 1 less.
            seed: of the random numbers.
            start: frames the new ones follow, [T, K]; None: sequences begin anew.

        Returns:
            The new frames, 1 where an entry is on, [B, T, K].

        Raises:
            SettingsError: a number that cannot be.
            DataError: the start has another width than the training data.
        """
        steps = self.usual_length if length is None else length
        sampling = Sampling(steps, count=count, temperature=temperature, seed=seed)
        return generate(self._frame_model, sampling, start)

    def frames(self, data: Data) -> list[Frames]:
        """The sequences of some data as the model sees them, 1 where an entry is on, [T, K] each."""
        prepared = self._bundle.pipeline.transform(self._load_like_training(data))
        pieces = np.split(prepared.targets.astype(np.uint8), prepared.offsets[1:-1])
        return [np.asarray(piece) for piece in pieces]

    @property
    def usual_length(self) -> int:
        """The median number of steps of the sequences it was trained on."""
        lengths = self._bundle.profile.get(LENGTHS)
        median = lengths[1] if isinstance(lengths, list) and len(lengths) > 1 else None
        if not isinstance(median, int):
            raise SettingsError("length", expected="a number of steps", came="none", fix="say how many")
        return median

    @property
    def _frame_model(self) -> FrameModel:
        model = self._bundle.model
        if not isinstance(model, FrameModel):
            raise TypeError(type(model))
        return model


class MusicGenerator(FrameGenerator):
    """Learns music as piano rolls, and composes.

    It is fitted to a path (a MIDI or ABC file, a folder of them, JSON lists of notes) or to rolls [T, 88]; the
    arguments are those of `FrameGenerator`.

    Example:
        >>> rng = np.random.default_rng(0)
        >>> rolls = [np.repeat(rng.random((8, 88)) < 0.05, 2, axis=0).astype(np.uint8) for _ in range(12)]
        >>> model = MusicGenerator(hidden_size=4, epochs=2, settings={"head_size": 4}).fit(rolls)
        >>> model.generate(5, seed=1).shape
        (1, 5, 88)
    """

    task = "music"


class ImageGenerator(FrameGenerator):
    """Learns images of black and white pixels row by row, and draws.

    It is fitted to a path (an IDX or .npy file) or to an array [B, height, width]; pixels from halfway between the
    least and the greatest value on are on. The arguments are those of `FrameGenerator`.

    Example:
        >>> rng = np.random.default_rng(0)
        >>> images = (rng.random((20, 6, 5)) < 0.5).astype(np.uint8)
        >>> model = ImageGenerator(hidden_size=4, epochs=2, settings={"head_size": 4}).fit(images)
        >>> model.generate(count=3).shape
        (3, 6, 5)
    """

    task = "images"
