"""The adding problem: two of 600 numbers are marked, their sum is asked at the end.

Each sequence holds numbers between 0 and 1, one of the first half and one of the second marked (Hochreiter &
Schmidhuber 1997). Who answers 1 always errs by 0.1767 in the mean square: that is chance, and where networks stand that
cannot keep a number for hundreds of steps. Sequences are made on the fly, of 10 to 600 steps to learn from, since short
ones show the way to long ones, and of 600 steps to be judged on.
"""

import argparse
import sys
from pathlib import Path

import numpy as np
from rich.console import Console

import seqloom
from seqloom.read import from_arrays
from seqloom.train import progress_on

SHORTEST, LONGEST, TESTED = 10, 600, 500
parser = argparse.ArgumentParser(prog="seqloom recipe run adding", description=__doc__)
parser.add_argument("folder", nargs="?", type=Path, default=Path("adding"), help="where files go [default: adding]")
parser.add_argument("--sequences", type=int, default=5_000, help="sequences to learn from [default: 5000]")
parser.add_argument("--epochs", type=int, default=40, help="passes over them [default: 40]")
options = parser.parse_args()
folder = options.folder
folder.mkdir(parents=True, exist_ok=True)

rng = np.random.default_rng(0)
drawn = np.exp(rng.uniform(np.log(SHORTEST), np.log(LONGEST + 1), options.sequences)).astype(int)
sequences, sums = [], []
for steps in [*drawn.tolist(), *[LONGEST] * TESTED]:
    numbers, marks = rng.uniform(0, 1, steps), np.zeros(steps)
    marks[[rng.integers(0, steps // 2), rng.integers(steps // 2, steps)]] = 1
    sequences.append(np.stack([numbers, marks], axis=1))  # [T, 2]
    sums.append(float(numbers @ marks))
training = from_arrays(sequences[: options.sequences], sums[: options.sequences])
asked = from_arrays(sequences[options.sequences :], sums[options.sequences :], schema=training.schema)
print(f"{len(training)} sequences of {drawn.min()} to {drawn.max()} steps to learn from, {len(asked)} of {LONGEST}")

# One direction and the last hidden state: what is answered has been carried through all steps.
model = seqloom.SequenceRegressor(
    cell="gru",
    hidden_size=64,
    pooling="last",
    epochs=options.epochs,
    settings={
        "bidirectional": False,
        "members": 1,
        "dropout": 0.0,
        "scaling": "none",
        "batch_size": 32,
        "learning_rate": 0.005,
        "patience": 0,
        "validation_size": 0.05,
        "threads": 1,
    },
).fit(training, test=asked, progress=progress_on(sys.stderr))
Console(width=100, highlight=False).print(model.fitted_.conclusion())

artifact = model.save(folder / "adding.loom")
model.report_.save(folder / "adding.html")
truth = np.array(sums[options.sequences :])
print(f"mean squared error on {LONGEST} steps: {np.mean((model.predict(asked).ravel() - truth) ** 2):.6f}")
print(f"who always answers 1 has {np.mean((1 - truth) ** 2):.4f}")
print(f"model   {artifact}")
print(f"report  {folder / 'adding.html'}")
