"""Racket strokes: badminton or squash, clear or smash, backhand or forehand, told by a watch.

RacketSports of the UEA archive (Bagnall et al. 2018): 151 strokes to learn from and 152 to be judged on, each of 30
readings of an accelerometer and a gyroscope in three axes. There is little to learn from, so the defaults train several
networks, each with convolutions beside its recurrence, and average them.
"""

import argparse
import sys
from pathlib import Path

import numpy as np
from rich.console import Console

import seqloom
from seqloom.read import ReadSettings, published, read
from seqloom.train import progress_on

FILES = ("RacketSports_TRAIN.ts", "RacketSports_TEST.ts")
parser = argparse.ArgumentParser(prog="seqloom recipe run strokes", description=__doc__)
parser.add_argument("folder", nargs="?", type=Path, default=Path("strokes"), help="where files go [default: strokes]")
parser.add_argument("--data", type=Path, default=Path("RacketSports"), help="folder of the two files")
parser.add_argument("--epochs", type=int, help="passes over the training strokes [default: by their number]")
options = parser.parse_args()
source = "RacketSports of the UEA archive, timeseriesclassification.com, in .ts form"
train, test = published(options.data, FILES, source=source)
folder = options.folder
folder.mkdir(parents=True, exist_ok=True)

strokes = read(train, settings=ReadSettings(per_step_target=False, categories=("class",)))
asked = read(test, schema=strokes.schema)
print(f"{len(strokes)} strokes to learn from and choose by, {len(asked)} to be judged on")

model = seqloom.SequenceClassifier(epochs=options.epochs, settings={"threads": 1}).fit(
    strokes, test=asked, progress=progress_on(sys.stderr)
)
Console(width=100, highlight=False).print(model.fitted_.conclusion())

# Which stroke is the hardest, and what is it taken for?
artifact = model.save(folder / "strokes.loom")
model.report_.save(folder / "strokes.html")
truth = np.array(asked.categories["class"])[asked.statics["class"]]
labels = model.predict(asked)
for kind in model.classes_:
    answers, counts = np.unique(labels[truth == kind], return_counts=True)
    taken = ", ".join(f"{answer} {count}" for answer, count in zip(answers, counts, strict=True))
    print(f"{(truth == kind).sum():3d} times {kind}, taken for: {taken}")
print(f"model   {artifact}")
print(f"report  {folder / 'strokes.html'}")
