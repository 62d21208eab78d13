"""Cells that torch has no kernel for, and a forecaster."""

from benchmarks.speed.case import Case
from benchmarks.speed.row import Row
from benchmarks.speed.target import Faster

CELLS = ("LSTM-norm", "LSTM-relu", "minGRU", "minLSTM", "LRU", "sLSTM")
ROWS = (
    Row(
        "cells",
        "Training, cells torch has no kernel for",
        "As in training above, beside the same cell step by step in torch, and with its step through torch.compile.",
        tuple(Case("train", cell, batch=64, steps=200, features=64, hidden=128) for cell in CELLS),
        ("seqloom", "eager_loop", "eager_loop/compiled"),
        (Faster(("eager_loop", "eager_loop/compiled"), each=10.0),),
    ),
    Row(
        "forecaster",
        "An update of a forecaster",
        "One update with its batch: 32 windows of 168 steps of one series, 24 steps ahead, an LSTM of 64. Ours learns "
        "from the last row alone, as the others do; its own settings learn from every row, beside a linear path. "
        "Darts and NeuralForecast train by their own fit, timed inside from batch to batch; torch is a plain loop "
        "that gathers windows by their places.",
        (Case("forecast", batch=32, steps=168, features=1, hidden=64),),
        ("seqloom", "seqloom/default", "torch_nn", "darts", "neuralforecast"),
        (
            Faster(("darts",), each=3.0),
            Faster(("neuralforecast",), each=4.0),
            Faster(("torch_nn",), each=2.5),
        ),
    ),
)
