"""Indoor movement: whether somebody who walks is about to change rooms.

Four anchors measure the radio signal of a walker eight times a second until the walker reaches a point from where the
path leads into another room or stays (Bacciu et al. 2014, UCI): 314 sequences of 19 to 129 steps in three environments
of two rooms. Without `--environment` a third of all sequences tests, drawn anew with each seed; with it all sequences
of one environment do, and none of them is learned from: whoever does well there has learned more than the walls. The
settings are the package's own for few sequences. Takes about a minute and a half on a core.
"""

import argparse
import io
import sys
import zipfile
from pathlib import Path

import numpy as np
import polars as pl
from rich.console import Console

import seqloom
from seqloom.read import published
from seqloom.train import progress_on

parser = argparse.ArgumentParser(prog="seqloom recipe run indoor_movement", description=__doc__)
parser.add_argument("folder", nargs="?", type=Path, default=Path("indoor_movement"), help="where files go")
parser.add_argument("--data", type=Path, default=Path(), help="folder of IndoorMovement.zip [default: here]")
parser.add_argument("--environment", type=int, choices=(1, 2, 3), help="test on this one, and learn from the others")
parser.add_argument("--against", choices=("none", "quick", "full"), default="quick", help="what to compare with")
parser.add_argument("--epochs", type=int, help="passes over the training part [default: by the data]")
parser.add_argument("--seed", type=int, default=0, help="seed of the split and of the weights [default: 0]")
options = parser.parse_args()
(archive,) = published(options.data, ["IndoorMovement.zip"], source="the indoor movement data of UCI")
folder = options.folder
folder.mkdir(parents=True, exist_ok=True)

# One file per sequence, without its number; its class and its environment stand in two others.
with zipfile.ZipFile(archive) as files:
    tables = {
        name: np.loadtxt(io.BytesIO(files.read(name)), delimiter=",", comments="#", ndmin=2)
        for name in files.namelist()
        if name.endswith(".csv") and "Paths" not in name
    }
target, groups = tables.pop("dataset/MovementAAL_target.csv"), tables.pop("groups/MovementAAL_DatasetGroup.csv")
moves, environment = dict(target.astype(int).tolist()), dict(groups.astype(int).tolist())
parts = []
for name, signals in tables.items():
    number = int(Path(name).stem.rpartition("_")[2])
    walk = pl.DataFrame(signals, schema=[f"anchor{place}" for place in range(1, 5)])
    change = "changes room" if moves[number] > 0 else "stays"
    own = {"sequence": pl.lit(number), "environment": pl.lit(environment[number]), "room": pl.lit(change)}
    parts.append(walk.select(**own, **{name: pl.col(name) for name in walk.columns}))
walks = pl.concat(sorted(parts, key=lambda walk: walk["sequence"][0]))
asked = walks.filter(pl.col("environment") == options.environment) if options.environment else None
learned = walks if asked is None else walks.filter(pl.col("environment") != options.environment)
learned.drop("environment").write_csv(folder / "walks.csv")
judged = "" if asked is None else f"{asked['sequence'].n_unique()} of environment {options.environment} to "
print(f"{walks['sequence'].n_unique()} walks, {learned['sequence'].n_unique()} to learn from, choose by", end=" ")
print(f"and {judged}be judged on")

# Walks have different lengths; nothing is cut or filled up.
settings = {"threads": 1, "against": options.against} | ({} if asked is not None else {"test_size": 1 / 3})
model = seqloom.SequenceClassifier(epochs=options.epochs, seed=options.seed, settings=settings).fit(
    folder / "walks.csv",
    test=None if asked is None else asked.drop("environment"),
    target="room",
    group="sequence",
    progress=progress_on(sys.stderr),
)
Console(width=100, highlight=False).print(model.fitted_.conclusion())

# The answer gets surer with every step: what the model says of the first walk while it goes on.
artifact = model.save(folder / "walks.loom")
model.report_.save(folder / "walks.html")
reloaded = seqloom.load(artifact)
first = walks.filter(pl.col("sequence") == walks["sequence"][0])
for steps in np.unique(np.linspace(5, len(first), 4).astype(int)):
    stated = reloaded.predict_proba(first[:steps].drop("environment", "room"))[0]
    print(f"after {steps:3d} steps: {reloaded.classes_[stated.argmax()]}, {100 * stated.max():.0f} % sure", end="; ")
print(f"it {first['room'][0]}")
print(f"model   {artifact}")
print(f"report  {folder / 'walks.html'}")
