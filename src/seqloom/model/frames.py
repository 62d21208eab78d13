"""Frames: the next one from those before, entry by entry on or off: music on a piano, rows of an image."""

from dataclasses import replace

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from seqloom.errors import SettingsError
from seqloom.loss import frame_losses
from seqloom.model.encoder import Encoder
from seqloom.model.members import Members, mean_loss
from seqloom.model.model import Chosen, Facts, SequenceModel, hidden_size_for
from seqloom.model.settings import InputSizes, ModelSettings
from seqloom.model.transpose import moved, shifts
from seqloom.nn import AutoregressiveHead, FrameHead, IndependentHead, State
from seqloom.prepare import Examples, Pipeline
from seqloom.sequence import Array, Batch, FramePrediction, spans

FEW = 1000
FEW_TRAINING = {"batch_size": 4, "learning_rate": 0.003}
"""Where there are few sequences, many small updates."""


class FrameNetwork(nn.Module):
    """A recurrence over frames with a head that answers with the next one.

    Args:
        settings: the network's shape.
        sizes: the sizes of the data.
    """

    def __init__(self, settings: ModelSettings, sizes: InputSizes) -> None:
        super().__init__()
        self.encoder = Encoder(settings, sizes, sizes.numbers)
        self.dropout = nn.Dropout(settings.dropout or 0.0)
        width = self.encoder.stepwise.output_size
        self.head: FrameHead = (
            IndependentHead(width, sizes.targets)
            if settings.frame_head == "independent"
            else AutoregressiveHead(width, sizes.targets, settings.head_size)
        )

    def forward(self, state: State | None, batch: Batch) -> tuple[State, list[Tensor]]:
        """The state after the batch, and the logits of every frame, [N, K], as the only branch."""
        state, rows = self.encoder(state, batch, batch.numbers.values)
        return state, [self.head(self.dropout(rows.values), batch.target)]


class FrameModel(SequenceModel):
    """The mean probabilities of one or more networks that read the frames so far and answer with the next one.

    The mean is taken entry by entry, each given the entries before it in its frame, so that likelihoods stay exact.
    """

    by_steps = False
    target_kind = "frames"

    def __init__(self, settings: ModelSettings, sizes: InputSizes) -> None:
        super().__init__(settings, sizes)
        self.members = Members(lambda: FrameNetwork(settings, sizes), settings.members or 1)

    @classmethod
    def choose(cls, settings: ModelSettings, facts: Facts) -> Chosen:
        """Forwards in time, width by the number of steps, entries that depend on each other.

        Raises:
            SettingsError: the network is to read backwards, too.
        """
        if settings.bidirectional:
            fix = "leave bidirectional out"
            came = "frames that are yet to come"
            raise SettingsError("bidirectional", expected="one direction", came=came, fix=fix)
        steps = int(facts.lengths.sum())
        defaults = {
            "bidirectional": (False, "the next frame is not known"),
            "hidden_size": (2 * hidden_size_for(steps), f"{steps} training steps"),
            "frame_head": cls._head(facts),
            "dropout": (0.3, "frames are easily learned by heart"),
        }
        left = {name: value for name, value in defaults.items() if getattr(settings, name) is None}
        chosen = {name: value for name, (value, _) in left.items()}
        training = FEW_TRAINING if len(facts.lengths) <= FEW else {}
        reasons = {name: reason for name, (_, reason) in left.items()}
        return Chosen(settings.model_copy(update=chosen), reasons, training)

    @classmethod
    def _head(cls, facts: Facts) -> tuple[str, str]:
        if facts.targets == 1:
            return "independent", "a frame has one entry"
        return "autoregressive", "the entries of a frame depend on each other"

    @property
    def networks(self) -> list[FrameNetwork]:
        """The networks side by side."""
        return [network for network in self.members.networks if isinstance(network, FrameNetwork)]

    def loss(self, batch: Batch, state: State | None = None) -> tuple[Tensor, State]:
        """Nats per frame, of each network by itself; of pieces in other keys where `transpose` asks for them."""
        if self.training and self.settings.transpose:
            batch = self._transposed(batch)
        state, outputs = self.members(state, batch)
        return mean_loss(lambda logits: frame_losses(logits, batch.target).mean(), outputs), state

    def _transposed(self, batch: Batch) -> Batch:
        by = shifts(batch.batch_size, self.settings.transpose)
        rows, entries = batch.numbers, self.sizes.targets
        before = torch.cat([moved(rows.values[:, :entries], rows, by), rows.values[:, entries:]], dim=1)
        return replace(batch, numbers=rows.with_values(before), target=moved(batch.target, rows, by))

    def _logits(self, batch: Batch) -> Tensor:
        """The logits of the mean probabilities, [N, K]."""
        _, outputs = self.members(None, batch)
        return mixed(outputs)

    def criterion(self, batch: Batch) -> tuple[float, int]:
        """Nats summed over all frames, and how many frames there are."""
        return float(frame_losses(self._logits(batch), batch.target).double().sum().detach()), batch.rows

    def predict(self, batch: Batch) -> dict[str, Tensor]:
        """`logits` of each entry of every packed row, [N, K]."""
        return {"logits": self._logits(batch)}

    def prediction(self, outputs: dict[str, Array], pipeline: Pipeline, examples: Examples) -> FramePrediction:  # noqa: ARG002 - nothing was scaled
        """The logits, one row per frame, one sequence after the other."""
        lengths = examples.stop - examples.start
        return FramePrediction(
            logits=outputs["logits"].astype(np.float64),
            targets=examples.prepared.target_names,
            keys=np.repeat(examples.keys(), lengths),
            steps=spans(np.zeros_like(lengths), lengths) + 1,
        )


class MusicModel(FrameModel):
    """Piano rolls: 88 keys, on or off."""

    task = "music"


class ImageModel(FrameModel):
    """Images of black and white pixels, row by row or pixel by pixel."""

    task = "images"


def mixed(logits: list[Tensor]) -> Tensor:
    """The logits of the mean of the probabilities of several answers of one shape."""
    if len(logits) == 1:
        return logits[0]
    stacked = torch.stack(logits)  # [M, ...]
    one, other = (functional.logsigmoid(signed).logsumexp(dim=0) for signed in (stacked, -stacked))
    return one - other
