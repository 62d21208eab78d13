"""Remaining life of milling tools: a value at every step, from the first part to the break.

The table is made here. A tool wears, is reground twice, and breaks when it is worn for the third time. Vibration and
force tell the wear since the last grinding, through noise; how often the tool was ground has to be remembered. How
long each of the three lives lasts is not known before it ends, so that even a perfect model errs.
"""

import argparse
import sys
from pathlib import Path

import numpy as np
import polars as pl
from rich.console import Console

import seqloom
from seqloom.train import progress_on

parser = argparse.ArgumentParser(prog="seqloom recipe run regress", description=__doc__)
parser.add_argument("folder", nargs="?", type=Path, default=Path("regress"), help="where files go [default: regress]")
parser.add_argument("--epochs", type=int, default=40, help="passes over the training part [default: 40]")
options = parser.parse_args()
folder = options.folder
folder.mkdir(parents=True, exist_ok=True)

# One row for each tool and part it milled; `remaining` counts the parts it will still mill.
rng = np.random.default_rng(0)
tools = []
for number in range(1, 121):
    wear = np.concatenate([np.linspace(0, 1, parts) for parts in rng.integers(15, 36, size=3)])
    columns = {
        "tool": f"tool {number:03d}",
        "part": np.arange(1, len(wear) + 1),
        "vibration": (wear**2 + rng.normal(0, 0.15, len(wear))).round(3),
        "force": (0.5 + 0.3 * wear + rng.normal(0, 0.1, len(wear))).round(3),
        "remaining": np.arange(len(wear))[::-1],
    }
    tools.append(pl.DataFrame(columns))
table = pl.concat(tools)
table.write_csv(folder / "tools.csv")
print(f"{len(tools)} tools, {len(table)} parts: {folder / 'tools.csv'}")

# The target changes from step to step, so every step is answered, from the steps up to it. Parts of the data are made
# of whole tools: no step of a tested tool was learned from.
model = seqloom.SequenceRegressor(
    hidden_size=32, epochs=options.epochs, settings={"learning_rate": 0.01, "threads": 1}
).fit(folder / "tools.csv", target="remaining", group="tool", time="part", progress=progress_on(sys.stderr))
Console(width=100, highlight=False).print(model.fitted_.conclusion())

# A tool at work: the same columns without the target, as far as it has come.
artifact = model.save(folder / "tools.loom")
model.report_.save(folder / "tools.html")
at_work = tools[0].drop("remaining")
answers = seqloom.load(artifact).answer(at_work).to_columns()["remaining"]
print("part  will mill  milled in the end")
for step in range(9, len(at_work), 15):
    print(f"{step + 1:4d}  {answers[step]:9.0f}  {tools[0]['remaining'][step]:17d}")
print(f"model   {artifact}")
print(f"report  {folder / 'tools.html'}")
