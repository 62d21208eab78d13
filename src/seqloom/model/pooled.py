"""A whole sequence as vectors: one of the recurrence, pooled, and one of each convolution branch, if there are any."""

from torch import Tensor, nn

from seqloom.model.encoder import Encoder
from seqloom.model.model import Asked, Carried
from seqloom.model.settings import InputSizes, ModelSettings
from seqloom.nn import ConvolutionStack, MeanPool, State, build_pool, running
from seqloom.sequence import Batch

CONVOLUTIONS = 4
"""Each sees about twice as many steps as the one before: four of them 121."""
BRANCHES = 3
"""Convolution branches beside a recurrence: it has a quarter of the votes."""


class PooledEncoder(nn.Module):
    """Sequences of any length, each summed up by every branch in a vector.

    With `convolution` fully convolutional branches read the same rows, as one does in LSTM-FCN (Karim et al. 2018); the
    mean of the results of each over time is a vector. Unlike there the recurrence reads the series itself, not its
    transpose, and the vectors are not joined: see `Network`.
    """

    def __init__(self, settings: ModelSettings, sizes: InputSizes) -> None:
        super().__init__()
        self.encoder = Encoder(settings, sizes, sizes.numbers)
        width = self.encoder.output_size
        self.pool = build_pool(settings.pooling or "mean", width, bidirectional=bool(settings.bidirectional))
        filters = (settings.filters,) * CONVOLUTIONS
        count = BRANCHES if settings.convolution else 0
        self.branches = nn.ModuleList(ConvolutionStack(self.encoder.input_size, filters) for _ in range(count))
        self.mean = MeanPool()
        self.dropout = nn.Dropout(settings.dropout or 0.0)
        self.output_sizes = (width, *[settings.filters] * count)

    def forward(self, state: State | None, batch: Batch) -> tuple[State, list[Tensor]]:
        """The state after each sequence, and its vectors, [B, size] for each of `output_sizes`."""
        rows = self.encoder.inputs(batch, batch.numbers.values)
        state, hidden = self.encoder.recurrent.sequence(state, rows)
        vectors = [self.pool(hidden)[0], *(self.mean(branch(rows))[0] for branch in self.branches)]
        return state, [self.dropout(vector) for vector in vectors]

    def begin(self, count: int) -> Carried:
        """What is carried before the first step of `count` sequences, where there is no convolution."""
        return Carried(self.encoder.begin(count), self.pool.begin(count, self.encoder.output_size))

    def read_on(self, carried: Carried, batch: Batch, asked: Asked) -> tuple[Carried, list[Tensor]]:
        """What is carried after further steps, and the vectors of all steps up to those asked for, [M, size]."""
        state, hidden = self.encoder(carried.state, batch, batch.numbers.values)
        sums, vectors = running(self.pool, carried.beside, hidden)
        return Carried(state, sums), [vectors[asked.rows]]
