"""The Numenta Anomaly Benchmark: one network for all streams, each of which is compared with its own past.

Servers, traffic, tweets, temperatures (NAB 1.1, Lavin & Ahmad 2015). As the rules say, the first 15 % of each series
(750 rows at most) are not judged; the network learns from these rows alone, and reads the rest once, row by row, as a
stream. The score is the published one: an alarm counts the more the earlier it is in its window, each alarm outside
costs, and one threshold for all series is chosen as it was for every detector on the board. Beside it stand the scores
that were published for others on the same series.
"""

import argparse
import csv
import json
import sys
from pathlib import Path

import numpy as np
import polars as pl

import seqloom
from seqloom.read import published
from seqloom.score import NAB_PROFILES, NabSeries, nab_best, nab_normalized, nab_probation, nab_raw, onsets
from seqloom.train import progress_on

LABELS = "labels/combined_windows.json"
QUIET = 150
"""Rows after an alarm in which only a stranger one is another."""
CLOSE = 1e-6
"""Scores no farther apart are equal: published ones have as many digits."""
parser = argparse.ArgumentParser(prog="seqloom recipe run numenta", description=__doc__)
parser.add_argument("folder", nargs="?", type=Path, default=Path("numenta"), help="where files go")
parser.add_argument("--data", type=Path, default=Path("nab"), help="folder of data, labels and results [default: nab]")
parser.add_argument("--epochs", type=int, default=20, help="passes over the training rows [default: 20]")
parser.add_argument("--seeds", type=int, default=1, help="networks, one after the other [default: 1]")
options = parser.parse_args()
source = "the Numenta Anomaly Benchmark, github.com/numenta/NAB"
(labels,) = published(options.data, (LABELS,), source=source)
windows = json.loads(labels.read_text())
paths = published(options.data, tuple(f"data/{name}" for name in windows), source=source)
folder = options.folder
folder.mkdir(parents=True, exist_ok=True)

# One table of all series: the rows on probation to learn from, the others to be judged.
# (One clock goes back an hour when summer time ends: its rows are put in order.)
tables = {
    name: pl.read_csv(path, try_parse_dates=True).sort("timestamp", maintain_order=True)
    for name, path in zip(windows, paths, strict=True)
}
parts: dict[str, list[pl.DataFrame]] = {"train": [], "test": []}
marked = {}
for name, table in tables.items():
    times, first = table["timestamp"].to_numpy(), nab_probation(len(table))
    inside = [np.flatnonzero((times >= np.datetime64(a)) & (times <= np.datetime64(b))) for a, b in windows[name]]
    marked[name] = np.array([[own[0], own[-1]] for own in inside], dtype=np.int64).reshape(-1, 2)
    odd = np.zeros(len(table))
    odd[np.concatenate([*inside, np.zeros(0, np.int64)]).astype(np.int64)] = 1
    rows = table.with_columns(pl.col("value").cast(pl.Float64), odd=pl.Series(odd), series=pl.lit(name))
    parts["train"].append(rows[:first].with_columns(odd=pl.lit(None, pl.Float64)))  # nothing is told beforehand
    parts["test"].append(rows[first:])
for part, pieces in parts.items():
    pl.concat(pieces).write_csv(folder / f"{part}.csv")

everything = pl.concat(pl.concat(pieces) for pieces in zip(parts["train"], parts["test"], strict=True))
everything.write_csv(folder / "all.csv")

# One network, and what needs none: the same surprise without forecasts, and the windowed Gaussian of the board.
common = {"usual": "stream", "smoothing": 20, "event_gap": QUIET, "false_alarms": 0.001, "scale_by": "group"}
common |= {"ties": True, "threads": 1, "against": "none"}
network = {"cell": "gru", "hidden_size": 32, "epochs": options.epochs}
entrants = [("network", {**network, "seed": seed}) for seed in range(options.seeds)] + [("past", {}), ("gaussian", {})]
found: dict[str, list[list[float]]] = {}
own: dict[str, list[float]] = {}
for method, more in entrants:
    settings = {**(common if method == "network" else {"scale_by": "group", "ties": True}), **more}
    model = seqloom.AnomalyDetector(method=method, settings=settings)
    model.fit(
        folder / "train.csv",
        test=folder / "test.csv",
        target="value",
        time="timestamp",
        group="series",
        marks="odd",
        progress=progress_on(sys.stderr),
    )
    prediction = model.predict(folder / "all.csv")
    judged = [NabSeries(onsets(prediction.scores[prediction.keys == name], QUIET), marked[name]) for name in tables]
    found.setdefault(method, []).append([nab_best(judged, profile)[0] for profile in NAB_PROFILES.values()])
    own[f"seqloom {method}"] = [
        nab_raw(one, nab_best(judged)[1]) for one in judged
    ]  # of a network that of the last seed
    if method == "network":
        model.save(folder / "streams.loom")
        model.report_.save(folder / "streams.html")

# The board: published raw scores of the same series; all of them on the scale from 0 to 100.
count = sum(len(rows) for rows in marked.values())
board = {}
for path in sorted((options.data / "results").glob("*_standard_scores.csv")):
    with path.open() as file:
        raw = {row["File"]: float(row["Score"]) for row in csv.DictReader(file)}
    name = path.name.removesuffix("_standard_scores.csv")
    own[name] = [raw[series] for series in tables]
    board[name] = nab_normalized(sum(own[name]), count)
each = pl.DataFrame({"series": list(tables), "windows": [len(rows) for rows in marked.values()], **own})
each.write_csv(folder / "series.csv")
print(f"{len(tables)} series, {count} windows; standard score, with fewer false alarms, with fewer misses")
for method, scores in found.items():
    standard, low, high = np.mean(scores, axis=0)
    firsts = [one[0] for one in scores]
    spread = f" ± {np.std(firsts, ddof=1):.1f}, worst {min(firsts):.1f}," if len(scores) > 1 else ""
    print(f"{'seqloom, ' + method:24} {standard:5.1f}{spread} {low:5.1f} {high:5.1f}")
for name, score in sorted(board.items(), key=lambda pair: -pair[1]):
    print(f"{name + ', published':24} {score:5.1f}")
for name in board:
    better, worse = ((sign * (each["seqloom network"] - each[name]) > CLOSE).sum() for sign in (1, -1))
    print(f"the network is better than {name} in {better} series and worse in {worse}")
print(f"series  {folder / 'series.csv'}")
print(f"model   {folder / 'streams.loom'}")
print(f"report  {folder / 'streams.html'}")
