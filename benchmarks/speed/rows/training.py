"""Training at equal and at different lengths."""

from dataclasses import replace

from benchmarks.speed.case import Case
from benchmarks.speed.row import Row
from benchmarks.speed.target import Faster

SIZES = (
    (32, 50, 1, 32, 1),
    (64, 100, 8, 64, 1),
    (128, 28, 28, 256, 2),
    (64, 200, 100, 256, 1),
    (32, 400, 16, 128, 1),
    (256, 96, 7, 128, 1),
    (64, 35, 640, 640, 1),
)
"""Sequences, steps, features, hidden size, layers."""

PEAK = "seqloom/peak"


def equal(work: str, *cells: str) -> tuple[Case, ...]:
    """Cases of all sizes."""
    return tuple(
        Case(work, cell, batch=b, steps=t, features=f, hidden=h, layers=n) for cell in cells for b, t, f, h, n in SIZES
    )


def varied(work: str) -> tuple[Case, ...]:
    """Cases of different lengths, and one that is read in both directions."""
    cases = [Case(work, "LSTM", 64, 600, 100, hidden, varied=True) for hidden in (64, 128, 256)]
    return (*cases, replace(cases[1], bidirectional=True))


OTHERS = ("GRU", "Elman")
ROWS = (
    Row(
        "training",
        "LSTM training, equal lengths",
        "Forward, mean of the squared outputs, backward to all weights. Every peer has the same weights and inputs.",
        equal("train", "LSTM"),
        ("seqloom", "torch_nn", "keras_jax", PEAK),
        (Faster(("torch_nn",), each=1.0, mean=1.5), Faster(("keras_jax",), each=1.3, mean=2.0)),
    ),
    Row(
        "training-others",
        "GRU and Elman training, equal lengths",
        "As above.",
        equal("train", *OTHERS),
        ("seqloom", "torch_nn", "keras_jax", PEAK),
        (Faster(("torch_nn",), each=1.5, mean=3.0), Faster(("keras_jax",), each=1.3, mean=2.0)),
    ),
    Row(
        "lengths",
        "LSTM training, different lengths",
        "Lengths are log-normal, 37 % of the longest in the mean. Torch runs them packed, and padded with the loss "
        "masked; read from the end, padding comes first there, and the numbers are others.",
        varied("train"),
        ("seqloom", "torch_nn/padded", "torch_nn/packed", PEAK),
        (Faster(("torch_nn/padded", "torch_nn/packed"), mean=3.0), Faster(("torch_nn/packed",), mean=15.0)),
    ),
)
