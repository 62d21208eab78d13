"""Weekly CO2 at Mauna Loa, with its gaps: fit, compare, save, reload, predict.

The series comes with statsmodels: weekly means of atmospheric CO2 in parts per million, 1958 to 2001, some weeks
missing (C. D. Keeling and T. P. Whorf, Scripps Institution of Oceanography).
"""

import argparse
import sys
from pathlib import Path

import numpy as np
import polars as pl
from rich.console import Console
from statsmodels.datasets import co2

import seqloom
from seqloom.train import progress_on

parser = argparse.ArgumentParser(prog="seqloom recipe run demo", description=__doc__)
parser.add_argument("folder", nargs="?", type=Path, default=Path("demo"), help="where files go [default: demo]")
parser.add_argument("--epochs", type=int, default=12, help="passes over the training part [default: 12]")
options = parser.parse_args()
folder = options.folder
folder.mkdir(parents=True, exist_ok=True)

series = co2.load_pandas().data["co2"]
table = pl.DataFrame({"week": series.index.to_numpy(), "co2": series.to_numpy()})
table.write_csv(folder / "co2.csv")
print(f"{len(table)} weeks of CO2, {int(np.isnan(series).sum())} of them missing: {folder / 'co2.csv'}")

model = seqloom.Forecaster(
    horizon=26,
    lookback=104,
    epochs=options.epochs,
    settings={"missing": "forward-fill", "dropout": 0.2, "supervise": "last"},
).fit(folder / "co2.csv", target="co2", time="week", progress=progress_on(sys.stderr))

examples = model.fitted_.judged.judgement.examples
Console(width=100, highlight=False).print(model.fitted_.conclusion(f"Half a year ahead, {examples} test windows"))

artifact = model.save(folder / "co2.loom")
model.report_.save(folder / "co2.html")
reloaded = seqloom.load(artifact)
before, after = model.predict(table).to_columns(), reloaded.answer(table).to_columns()
print(f"the week from {before['time'][0].astype('datetime64[D]')}, in parts per million:")
print(f"  {before['co2'][0]:.6f} by the model, {after['co2'][0]:.6f} by the reloaded artifact")
if not np.array_equal(before["co2"], after["co2"]):
    sys.exit("the reloaded artifact does not agree with the model")
print(f"model   {artifact}")
print(f"report  {folder / 'co2.html'}")
