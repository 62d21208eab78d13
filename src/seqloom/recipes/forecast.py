"""Sales of six shops, two weeks ahead: one model for all, promotions known ahead.

The table is made here: three years of daily sales with a week and a year in them, and promotions that lift the sales of
some shops more than those of others. The alternatives see the past of the sales and nothing else, so that the table
printed at the end shows what the plan and the kind of shop are worth.
"""

import argparse
import sys
from pathlib import Path

import numpy as np
import polars as pl
from rich.console import Console

import seqloom
from seqloom.train import progress_on

parser = argparse.ArgumentParser(prog="seqloom recipe run forecast", description=__doc__)
parser.add_argument("folder", nargs="?", type=Path, default=Path("forecast"), help="where files go [default: forecast]")
parser.add_argument("--epochs", type=int, default=12, help="passes over the training part [default: 12]")
options = parser.parse_args()
folder = options.folder
folder.mkdir(parents=True, exist_ok=True)

# One row for each shop and day. The plan of the promotions goes on for two weeks after the last sale.
rng = np.random.default_rng(0)
days, ahead = 3 * 365, 14
day = np.arange(days + ahead)
dates = np.datetime64("2022-01-01") + day
shops = []
for number in range(1, 7):
    kind = ("mall", "street")[number % 2]
    promotion = np.repeat(rng.binomial(1, 0.15, len(day) // 4 + 1), 4)[: len(day)]  # four days each
    week = np.where(np.is_busday(dates), 1.0, 1.4 if kind == "mall" else 0.7)
    year = 1 + 0.2 * np.sin(2 * np.pi * day / 365 + number)
    lift = 1 + (0.2 + 0.1 * number) * promotion
    sold = (25 + 15 * number) * week * year * lift * rng.lognormal(0, 0.06, len(day))
    shop = {"date": dates, "shop": f"shop {number}", "kind": kind, "promotion": promotion, "sales": sold.round()}
    shops.append(pl.DataFrame(shop))
plan = pl.concat(shops).with_columns(sales=pl.when(pl.col("date") < dates[days]).then("sales"))
sales = plan.drop_nulls("sales")
plan.write_csv(folder / "plan.csv")
sales.write_csv(folder / "sales.csv")
print(f"{len(sales)} rows of sales up to {dates[days - 1]}: {folder / 'sales.csv'}")

# `group` tells the series apart, `known` columns are given ahead, `static` ones say what kind of series it is.
model = seqloom.Forecaster(
    horizon=ahead, lookback=56, epochs=options.epochs, settings={"hidden_size": 32, "supervise": "last", "threads": 1}
).fit(
    folder / "sales.csv",
    target="sales",
    time="date",
    group="shop",
    known="promotion",
    static="kind",
    progress=progress_on(sys.stderr),
)
examples = model.fitted_.judged.judgement.examples
Console(width=100, highlight=False).print(model.fitted_.conclusion(f"Two weeks ahead, {examples} test windows"))

# What is to be forecast has no target yet, but its promotions are planned: rows of the plan without sales.
artifact = model.save(folder / "sales.loom")
model.report_.save(folder / "sales.html")
forecast = pl.DataFrame(seqloom.load(artifact).answer(folder / "plan.csv").to_columns())
forecast.write_csv(folder / "forecast.csv")
totals = forecast.group_by("sequence", maintain_order=True).agg(pl.col("sales").sum().round())
for name, total in totals.iter_rows():
    print(f"  {name}: {total:,.0f} sales in the two weeks from {dates[days]}")
print(f"forecast  {folder / 'forecast.csv'}")
print(f"model     {artifact}")
print(f"report    {folder / 'sales.html'}")
