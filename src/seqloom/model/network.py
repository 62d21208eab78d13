"""One network: sequences in, a few numbers out."""

from torch import Tensor, nn

from seqloom.model.encoder import Encoder
from seqloom.model.pooled import PooledEncoder
from seqloom.model.settings import InputSizes, ModelSettings
from seqloom.nn import State
from seqloom.sequence import Batch


class Network(nn.Module):
    """A linear read-out of the summary of a sequence; of every hidden row where targets have a value per step.

    Args:
        settings: the network's shape.
        sizes: the sizes of the data.
        outputs: numbers to be answered.
    """

    def __init__(self, settings: ModelSettings, sizes: InputSizes, outputs: int) -> None:
        super().__init__()
        self.body: Encoder | PooledEncoder
        self.body = Encoder(settings, sizes, sizes.numbers) if sizes.per_step else PooledEncoder(settings, sizes)
        self.dropout = nn.Dropout((settings.dropout or 0.0) if sizes.per_step else 0.0)
        self.head = nn.Linear(self.body.output_size, outputs)

    def forward(self, state: State | None, batch: Batch) -> tuple[State, Tensor]:
        """The state after the batch, and numbers [B, outputs] of every sequence or [N, outputs] of every row."""
        if isinstance(self.body, Encoder):
            state, rows = self.body(state, batch, batch.numbers.values)
            return state, self.head(self.dropout(rows.values))
        state, summary = self.body(state, batch)
        return state, self.head(summary)
