"""One network: sequences in, a few numbers out."""

from torch import Tensor, nn

from seqloom.model.encoder import Encoder
from seqloom.model.model import Asked, Carried
from seqloom.model.pooled import PooledEncoder
from seqloom.model.settings import InputSizes, ModelSettings
from seqloom.nn import State
from seqloom.sequence import Batch


class Network(nn.Module):
    """A linear read-out of the summary of a sequence; of every hidden row where targets have a value per step.

    Each branch answers for itself and learns from its own answer. Were the branches read out together, the one that
    learns a small training set by heart first would leave the other nothing to learn.

    Args:
        settings: the network's shape.
        sizes: the sizes of the data.
        outputs: numbers to be answered.
    """

    def __init__(self, settings: ModelSettings, sizes: InputSizes, outputs: int) -> None:
        super().__init__()
        self.shuffled = settings.order == "shuffled"
        self.body: Encoder | PooledEncoder
        self.body = Encoder(settings, sizes, sizes.numbers) if sizes.per_step else PooledEncoder(settings, sizes)
        self.dropout = nn.Dropout(settings.dropout or 0.0)
        widths = (self.body.output_size,) if isinstance(self.body, Encoder) else self.body.output_sizes
        self.heads = nn.ModuleList(nn.Linear(width, outputs) for width in widths)

    def forward(self, state: State | None, batch: Batch) -> tuple[State, list[Tensor]]:
        """The state after the batch, and of each branch numbers [B, outputs] of every sequence, or [N, ...] of rows."""
        batch = batch.shuffled(anew=self.training) if self.shuffled else batch
        if isinstance(self.body, Encoder):
            state, rows = self.body(state, batch, batch.numbers.values)
            return state, [head(self.dropout(rows.values)) for head in self.heads]
        state, vectors = self.body(state, batch)
        return state, [head(vector) for head, vector in zip(self.heads, vectors, strict=True)]

    @property
    def reach(self) -> int | None:
        """Nothing but what is carried, unless it reads backwards, at random, or has convolution branches."""
        if self.shuffled:
            return None
        if isinstance(self.body, Encoder):
            return 0 if self.body.recurrent.carries else None
        return None if self.body.branches or not self.body.encoder.recurrent.carries else 0

    def begin(self, count: int) -> Carried:
        """What is carried before the first step of `count` sequences."""
        return Carried(self.body.begin(count)) if isinstance(self.body, Encoder) else self.body.begin(count)

    def read_on(self, carried: Carried, batch: Batch, asked: Asked) -> tuple[Carried, list[Tensor]]:
        """What is carried after further steps, and the numbers after those asked for, [M, outputs]."""
        if isinstance(self.body, Encoder):
            state, rows = self.body(carried.state, batch, batch.numbers.values)
            after, vectors = Carried(state), [rows.values[asked.rows]]
        else:
            after, vectors = self.body.read_on(carried, batch, asked)
        return after, [head(vector) for head, vector in zip(self.heads, vectors, strict=True)]
