"""Valves from two sensors: traces of different length, one valve in seven worn, told apart by the order of their steps.

The traces are made here. In a sound valve the pressure follows the drive after one step, in a worn one after four.
Each sensor by itself looks the same in both, and so does any statistic that forgets the order: the alternatives find
nothing, and the table printed at the end shows whether recurrence does.
"""

import argparse
import sys
from pathlib import Path

import numpy as np
from rich.console import Console

import seqloom
from seqloom.train import progress_on

parser = argparse.ArgumentParser(prog="seqloom recipe run classify", description=__doc__)
parser.add_argument("folder", nargs="?", type=Path, default=Path("classify"), help="where the files go")
parser.add_argument("--epochs", type=int, default=15, help="passes over the training part [default: 15]")
options = parser.parse_args()
options.folder.mkdir(parents=True, exist_ok=True)

rng = np.random.default_rng(0)
worn = rng.random(600) < 0.15
traces = []
for delay in np.where(worn, 4, 1):
    steps = int(rng.integers(30, 150))
    drive = np.convolve(rng.normal(size=steps + 7), np.full(4, 0.5), "valid")  # smooth: four steps share their noise
    pressure = drive[4 - delay : 4 - delay + steps] + rng.normal(0, 0.5, steps)
    traces.append(np.stack([drive[4:], pressure], axis=1))  # [T, 2]
labels = np.where(worn, "worn", "sound")
lengths = [len(trace) for trace in traces]
print(f"{len(traces)} traces of {min(lengths)} to {max(lengths)} steps, {worn.sum()} of worn valves")

# Arrays of different length go in as they are. With so few worn ones the threshold is chosen by F1 on validation.
model = seqloom.SequenceClassifier(
    hidden_size=16, epochs=options.epochs, settings={"learning_rate": 0.01, "class_weights": "balanced"}
).fit(traces, labels, progress=progress_on(sys.stderr))
console = Console(width=100, highlight=False)
console.print(model.fitted_.conclusion())
threshold = float(model.fitted_.walked.model.threshold)
print(f"a valve is called {model.classes_[1]} from a probability of {threshold:.2f} on")

# Nothing is padded: a short trace beside a long one has the probability it has alone.
artifact = model.save(options.folder / "valves.loom")
model.report_.save(options.folder / "valves.html")
reloaded = seqloom.load(artifact)
pair = [traces[int(np.argmin(lengths))], traces[int(np.argmax(lengths))]]
together, alone = reloaded.answer(pair), reloaded.answer(pair[:1])
print(f"the shortest trace is {together.labels[0]} with a probability of {together.probabilities[0].max():.6f},")
print(f"and {alone.probabilities[0].max():.6f} when it is asked about alone")
print(f"model   {artifact}")
print(f"report  {options.folder / 'valves.html'}")
