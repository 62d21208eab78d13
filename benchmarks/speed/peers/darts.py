"""Darts: its BlockRNNModel, trained by its own `fit`; the time from batch to batch is taken inside."""

from importlib.metadata import version

from darts import TimeSeries
from darts.models import BlockRNNModel

from benchmarks.speed.case import Case
from benchmarks.speed.peer import Work, serve
from benchmarks.speed.peers.trainer import WARM, Clock, options, prepared
from benchmarks.speed.series import BATCH, HIDDEN, HORIZON, LOOKBACK, series


def prepare(case: Case, variant: str) -> Work:  # noqa: ARG001 - every peer is asked so
    """The case of `forecast`."""
    return prepared(case, seconds)


def seconds(calls: int) -> list[float]:
    """Seconds of so many updates."""
    clock = Clock()
    model = BlockRNNModel(
        input_chunk_length=LOOKBACK,
        output_chunk_length=HORIZON,
        model="LSTM",
        hidden_dim=HIDDEN,
        batch_size=BATCH,
        n_epochs=1000,
        pl_trainer_kwargs={**options(clock), "max_steps": WARM + calls},
    )
    model.fit(TimeSeries.from_values(series()))
    return clock.between()


if __name__ == "__main__":
    serve(prepare, {name: version(name) for name in ("darts", "pytorch-lightning", "torch")})
