"""Worn valves by two sensors: few among many, traces of different length, told apart by order.

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
parser.add_argument("folder", nargs="?", type=Path, default=Path("classify"), help="where files go [default: classify]")
parser.add_argument("--epochs", type=int, default=15, help="passes over the training part [default: 15]")
options = parser.parse_args()
folder = options.folder
folder.mkdir(parents=True, exist_ok=True)

rng = np.random.default_rng(0)
worn = rng.binomial(1, 0.15, 600)
traces = []
for delay in 1 + 3 * worn:
    steps = int(rng.integers(30, 150))
    drive = np.convolve(rng.normal(size=steps + 7), np.full(4, 0.5), "valid")  # smooth: four steps share their noise
    pressure = drive[4 - delay : 4 - delay + steps] + rng.normal(0, 0.8, steps)
    traces.append(np.stack([drive[4:], pressure], axis=1))  # [T, 2]
labels = np.where(worn == 1, "worn", "sound")
lengths = [len(trace) for trace in traces]
print(f"{len(traces)} traces of {min(lengths)} to {max(lengths)} steps, {worn.sum()} of worn valves")

# Arrays of different length go in as they are; as worn valves are few, their errors count more.
model = seqloom.SequenceClassifier(
    hidden_size=16, epochs=options.epochs, settings={"learning_rate": 0.01, "class_weights": "balanced", "threads": 1}
).fit(traces, labels, progress=progress_on(sys.stderr))
Console(width=100, highlight=False).print(model.fitted_.conclusion())

# Nothing is padded: a short trace beside a long one has the probability it has alone.
artifact = model.save(folder / "valves.loom")
model.report_.save(folder / "valves.html")
short, long = traces[int(np.argmin(lengths))], traces[int(np.argmax(lengths))]
reloaded = seqloom.load(artifact)
together, alone = (reloaded.answer(asked).to_columns()["probability_worn"][0] for asked in ([short, long], [short]))
print(f"the shortest trace is worn with a probability of {together:.6f}, and of {alone:.6f} when asked about alone")
print(f"model   {artifact}")
print(f"report  {folder / 'valves.html'}")
