"""NeuralForecast: its LSTM, trained by its own `fit`; the time from batch to batch is taken inside."""

from importlib.metadata import version

import pandas as pd
from neuralforecast import NeuralForecast
from neuralforecast.models import LSTM

from benchmarks.speed.case import Case
from benchmarks.speed.peer import Work, serve
from benchmarks.speed.peers.trainer import WARM, Clock, options, prepared
from benchmarks.speed.series import BATCH, HIDDEN, HORIZON, LENGTH, LOOKBACK, series


def prepare(case: Case, variant: str) -> Work:  # noqa: ARG001 - every peer is asked so
    """The case of `forecast`."""
    return prepared(case, seconds)


def seconds(calls: int) -> list[float]:
    """Seconds of so many updates."""
    clock = Clock()
    model = LSTM(
        h=HORIZON,
        input_size=LOOKBACK,
        encoder_hidden_size=HIDDEN,
        encoder_n_layers=1,
        batch_size=1,  # series of a batch
        windows_batch_size=BATCH,
        max_steps=WARM + calls,
        **options(clock),
    )
    hours = pd.date_range("2024-01-01", periods=LENGTH, freq="h")
    table = pd.DataFrame({"unique_id": "one", "ds": hours, "y": series()})
    NeuralForecast(models=[model], freq="h").fit(table)
    return clock.between()


if __name__ == "__main__":
    serve(prepare, {name: version(name) for name in ("neuralforecast", "pytorch-lightning", "torch")})
