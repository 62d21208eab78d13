"""Football: what happens next on the pitch, when, by which team and where.

The log is that of a match whose players are anonymous (Metrica Sports, sample data, game 1): 1,745 passes, challenges,
shots and other events with team, place and time; many share a time stamp. The first half is learned from, the second is
judged. Beside the network stand the most frequent type and Markov chains, which know one or two events of the past.
"""

import argparse
import sys
from pathlib import Path

import numpy as np
from rich.console import Console

import seqloom
from seqloom.read import ReadSettings, published, read
from seqloom.train import progress_on

FILES = ("Sample_Game_1_RawEventsData.csv",)
parser = argparse.ArgumentParser(prog="seqloom recipe run next_action", description=__doc__)
parser.add_argument("folder", nargs="?", type=Path, default=Path("next_action"), help="where files go")
parser.add_argument("--data", type=Path, default=Path("metrica"), help="folder of the log [default: metrica]")
parser.add_argument("--epochs", type=int, default=50, help="passes over the first half [default: 50]")
options = parser.parse_args()
source = "the sample data of Metrica Sports, github.com/metrica-sports/sample-data"
(path,) = published(options.data, FILES, source=source)
folder = options.folder
folder.mkdir(parents=True, exist_ok=True)

# Each half is a sequence of its own. Frames and ends repeat what the start says; players are too many to be learned.
halves = read(
    path,
    settings=ReadSettings(
        target=("Type",),
        time="Start Time [s]",
        group="Period",
        ignore=("Start Frame", "End Frame", "End Time [s]", "From", "To"),
        per_step_target=True,
        ties=True,
    ),
)
first, second = halves.take([0]), halves.take([1])
print(f"{first.total_steps} events in the first half, {second.total_steps} in the second")

# A set piece has no place before it is played, and few events have a subtype: gaps are filled and marked. What the
# first half never had, a subtype or a type, is unknown in the second.
model = seqloom.EventPredictor(
    attributes=["Team", "Start X", "Start Y"],
    epochs=options.epochs,
    settings={"missing": "impute", "unseen": "unknown", "threads": 1},
).fit(first, test=second, progress=progress_on(sys.stderr))
Console(width=100, highlight=False).print(model.fitted_.conclusion())

# The model at work, after the last events of the match.
artifact = model.save(folder / "football.loom")
model.report_.save(folder / "football.html")
reloaded = seqloom.load(artifact)
following = reloaded.next_event(second)
low, high = (following.gaps.quantile(level)[0] for level in following.levels)
order = np.argsort(-following.probabilities[0])[:3]
chances = ", ".join(f"{following.types[place]} {following.probabilities[0, place]:.2f}" for place in order)
print(f"after the last event of the match: {chances}; in {low:.1f} to {high:.1f} seconds")
print(f"team: {following.attributes['Team'].most_probable[0]}")
print(f"model   {artifact}")
print(f"report  {folder / 'football.html'}")
