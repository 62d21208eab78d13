"""A water circuit whose valves are closed and whose pump is disturbed: which seconds are not as they should be?

The Skoltech anomaly benchmark (SKAB 0.9, Katser & Kozitsin 2020): 34 experiments of about 20 minutes with eight sensors
at 1 Hz. As on its leaderboard the first 400 seconds of each are learned from, and the rest is judged, second by second:
F1, the share of false alarms (FAR) and of missed seconds (MAR), nothing adjusted. One network learns from all
experiments, each scaled by its own 400 seconds; the threshold comes from the last 100 of these, without any label.
"""

import argparse
import sys
from pathlib import Path

import numpy as np
import polars as pl
from rich.console import Console

import seqloom
from seqloom.read import published
from seqloom.train import progress_on

RUNS = (*(f"valve1/{k}" for k in range(16)), *(f"valve2/{k}" for k in range(4)), *(f"other/{k}" for k in range(1, 15)))
LEARNED = 400
parser = argparse.ArgumentParser(prog="seqloom recipe run water_circuit", description=__doc__)
parser.add_argument("folder", nargs="?", type=Path, default=Path("water_circuit"), help="where files go")
parser.add_argument("--data", type=Path, default=Path("skab"), help="folder of the experiments [default: skab]")
parser.add_argument("--epochs", type=int, default=40, help="passes over the training part [default: 40]")
parser.add_argument("--seeds", type=int, default=1, help="networks, one after the other [default: 1]")
options = parser.parse_args()
source = "the Skoltech anomaly benchmark, github.com/waico/SKAB"
paths = published(options.data, tuple(f"{run}.csv" for run in RUNS), source=source)
folder = options.folder
folder.mkdir(parents=True, exist_ok=True)

# Every experiment is a sequence; a change point says nothing that the marked seconds do not.
tables = {run: pl.read_csv(path, separator=";").drop("changepoint") for run, path in zip(RUNS, paths, strict=True)}
for part, rows in (("train", slice(LEARNED)), ("test", slice(LEARNED, None))):
    pieces = pl.concat(table[rows].with_columns(run=pl.lit(run)) for run, table in tables.items())
    unmarked = (
        pieces.with_columns(anomaly=pl.lit(None, pl.Float64)) if part == "train" else pieces
    )  # nothing is told beforehand
    unmarked.write_csv(folder / f"{part}.csv")

# A valve stays closed for minutes: the forecast that a second is compared with was made before that, and distances are
# averaged over half a minute.
found = []
for seed in range(options.seeds):
    model = seqloom.AnomalyDetector(
        epochs=options.epochs,
        seed=seed,
        settings={
            "cell": "gru",
            "hidden_size": 32,
            "ahead": 50,
            "smoothing": 45,
            "lookback": 250,
            "learning_rate": 0.005,
            "scale_by": "group",
            "validation_size": 100,
            "threads": 1,
        },
    ).fit(
        folder / "train.csv", test=folder / "test.csv", group="run", marks="anomaly", progress=progress_on(sys.stderr)
    )
    metrics = model.fitted_.judged.judgement.metrics
    found.append(metrics)
    console = Console(width=100, highlight=False)
    console.print(model.fitted_.conclusion())

print("of seconds              F1     FAR %   MAR %")
for name in found[0]:
    columns = np.array([[one[name][key] for key in ("f1", "false_alarm_rate", "miss_rate")] for one in found])
    f1, far, mar = columns.mean(axis=0) * (1, 100, 100)
    print(f"{name:20} {f1:7.3f} {far:8.1f} {mar:7.1f}")
spread = np.std([one["model"]["f1"] for one in found], ddof=1) if len(found) > 1 else 0.0
worst = min(one["model"]["f1"] for one in found)
print(f"model: F1 {np.mean([one['model']['f1'] for one in found]):.3f} ± {spread:.3f}, worst {worst:.3f}")

# Of the last network: which of the disturbances it noticed, reading each experiment from its first second on.
whole = pl.concat(table.with_columns(run=pl.lit(run)) for run, table in tables.items())
whole.write_csv(folder / "whole.csv")
prediction = model.predict(folder / "whole.csv")
noticed = prediction.alarms & (whole["anomaly"].to_numpy() > 0) & (prediction.steps > LEARNED)
caught = set(prediction.keys[noticed].tolist())
silent = ", ".join(run for run in RUNS if run not in caught) or "none"
print(f"an alarm in {len(caught)} of {len(RUNS)} disturbances; without one: {silent}")
artifact = model.save(folder / "circuit.loom")
model.report_.save(folder / "circuit.html")
print(f"model   {artifact}")
print(f"report  {folder / 'circuit.html'}")
