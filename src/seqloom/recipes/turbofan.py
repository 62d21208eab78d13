"""Remaining life of jet engines, and warnings before they fail.

C-MAPSS FD001 (Saxena et al. 2008, NASA): 100 simulated engines that run until they fail, and 100 that were cut before,
with the cycles each had still to go. Lives are capped at 125 cycles. Engines, not cycles, are held out to choose the
best epoch; the cut ones test, each at its last cycle, by its error and by the score of the 2008 challenge. A second
model says at each cycle whether the engine fails within 30: it is judged on engines that ran to their end, by the
cycles of warning it gives. Takes about a minute on a core.
"""

import argparse
import sys
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
from rich.console import Console

import seqloom
from seqloom.read import published
from seqloom.train import progress_on

FILES = ("train_FD001.txt.gz", "test_FD001.txt.gz", "RUL_FD001.txt")
parser = argparse.ArgumentParser(prog="seqloom recipe run turbofan", description=__doc__)
parser.add_argument("folder", nargs="?", type=Path, default=Path("turbofan"), help="where files go [default: turbofan]")
parser.add_argument("--data", type=Path, default=Path("cmapss"), help="folder of the files [default: cmapss]")
parser.add_argument("--epochs", type=int, default=80, help="passes over the training part [default: 80]")
parser.add_argument("--members", type=int, default=3, help="networks whose answers are averaged [default: 3]")
parser.add_argument("--seed", type=int, default=0, help="seed of the split and of the weights [default: 0]")
options = parser.parse_args()
train, test, left = published(options.data, FILES, source="the C-MAPSS turbofan data (NASA)")
folder = options.folder
folder.mkdir(parents=True, exist_ok=True)

# The files have no header. `left` is what an engine had still to go after its last row: nothing, or what the file says.
NAMES = ["engine", "cycle", *(f"setting{k}" for k in range(1, 4)), *(f"sensor{k}" for k in range(1, 22))]
engines = pl.DataFrame(np.loadtxt(train), schema=NAMES).with_columns(pl.col("engine", "cycle").cast(int), left=0)
cut = pl.DataFrame(np.loadtxt(test), schema=NAMES).with_columns(pl.col("engine", "cycle").cast(int))
cut = cut.with_columns(left=pl.Series(np.loadtxt(left, ndmin=1).astype(int)).gather(cut["engine"] - 1))
engines.write_csv(folder / "engines.csv")
cut.write_csv(folder / "cut.csv")
print(f"{engines['engine'].n_unique()} engines that failed, {cut['engine'].n_unique()} that were cut: {folder}")

# The target is made while the file is read: the cycles until the last row, at most 125.
ROLES: dict[str, Any] = {"group": "engine", "time": "cycle", "steps_left": "left"}
NETWORK = {"layers": 2, "dropout": 0.2, "members": options.members, "threads": 1}
life = seqloom.SequenceRegressor(
    cell="gru", hidden_size=64, epochs=options.epochs, seed=options.seed, settings=NETWORK
).fit(folder / "engines.csv", test=folder / "cut.csv", remaining_life=125, progress=progress_on(sys.stderr), **ROLES)
console = Console(width=100, highlight=False)
console.print(life.fitted_.conclusion("The last cycles of the engines that were cut, and 31 before them"))
life.report_.save(folder / "life.html")
tests = {"the network": life.metrics_["test"], **life.baselines_}
for name, metrics in tests.items():
    print(f"{name:12}  last cycle: RMSE {metrics['rmse_last']:5.2f}, PHM08 score {metrics['phm08']:8,.0f}")

# Whether an engine fails within 30 cycles. A fifth of the engines that ran to their end are held out to be warned of.
failure = seqloom.Tagger(
    cell="gru", hidden_size=64, epochs=options.epochs, seed=options.seed, settings={**NETWORK, "test_size": 0.2}
).fit(folder / "engines.csv", fails_within=30, progress=progress_on(sys.stderr), **ROLES)
console.print(failure.fitted_.conclusion("Engines that ran to their end, every cycle"))
failure.report_.save(folder / "failure.html")
metrics = failure.metrics_["test"]
print(f"half of the engines were warned of at least {metrics['lead']:.0f} cycles before they failed,", end=" ")
print(f"{100 * metrics['caught']:.0f} % at least 15 cycles; {metrics['false_alarms']:.1f} false alarms in 1,000 cycles")

# An engine at work, that with the least to go: what it measured so far, and nothing of its end.
artifact = life.save(folder / "life.loom")
warner = failure.save(folder / "failure.loom")
at_work = cut.filter(pl.col("engine") == pl.col("engine").sort_by("left").first()).drop("left")
lives = seqloom.load(artifact).predict(at_work)
alarms = seqloom.load(warner).predict(at_work)[0]
print("cycle  will last  fails within 30")
for cycle in np.unique(np.linspace(1, len(at_work), 6).astype(int)):
    print(f"{cycle:5d}  {lives[cycle - 1]:9.0f}  {alarms[cycle - 1]:>15}")
print(f"models   {artifact} {warner}")
print(f"reports  {folder / 'life.html'} {folder / 'failure.html'}")
