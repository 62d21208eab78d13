"""A sensor is exchanged half-way: streamed, noticed, trained anew, promoted, and the error is down again.

Hourly weather of Beijing, 2010 to 2014 (Liang et al., Proceedings of the Royal Society A 471, 2015, as PM2.5 data of
the UCI archive). A network tells the temperature from dew point, pressure and wind. It is served as a live stream, the
true temperature becomes known a week later, and in June 2013 the sensor of the dew point is exchanged for one that
reads degrees Fahrenheit.
"""

import argparse
import sys
from pathlib import Path

import numpy as np
import orjson
import polars as pl

import seqloom
from seqloom.artifact import load
from seqloom.live import Call, Reading, Shadow
from seqloom.monitor import Facts, Monitor, error_of
from seqloom.read import published
from seqloom.registry import Registry
from seqloom.report import FigureData, png_of
from seqloom.report.figure_data import Axis, Line, Panel, Rule
from seqloom.retrain import Policy, Request, report_of, retrain, sentence_of
from seqloom.store import open_store
from seqloom.train import progress_on

parser = argparse.ArgumentParser(prog="seqloom recipe run keep_fresh", description=__doc__)
parser.add_argument("folder", nargs="?", type=Path, default=Path("keep_fresh"), help="where files go")
parser.add_argument("--data", type=Path, default=Path("classic_series"), help="folder of pollution.csv.gz")
parser.add_argument("--epochs", type=int, default=15, help="passes over the training part [default: 15]")
parser.add_argument("--weeks", type=int, default=45, help="weeks of 2013 to stream [default: 45]")
options = parser.parse_args()
(source,) = published(options.data, ("pollution.csv.gz",), source="the hourly weather of Beijing, 2010 to 2014")
folder = options.folder
folder.mkdir(parents=True, exist_ok=True)

# One row for each hour, one sequence for each week; the new sensor reads from the 23rd week of 2013 on.
HOURS, EXCHANGED = 168, 22
COLUMNS = {"dew": "DEWP", "pressure": "PRES", "wind": "Iws", "warm": "TEMP"}
weather = pl.read_csv(source, infer_schema_length=None, null_values="NA").select(
    at=pl.datetime("year", "month", "day", "hour"),
    **{
        name: pl.col(column).cast(pl.Float64)
        for name, column in (("dew", "DEWP"), ("pressure", "PRES"), ("wind", "Iws"))
    },
    warm=pl.col("TEMP").cast(pl.Float64),
)
weather = weather.with_columns(week=pl.col("at").dt.strftime("%G-%V"))
old = weather.filter(pl.col("at") < pl.datetime(2012, 7, 1))
holdout = weather.filter(pl.col("at").is_between(pl.datetime(2012, 7, 2), pl.datetime(2012, 12, 30)))
live = weather.filter(pl.col("at") >= pl.datetime(2012, 12, 31)).head(options.weeks * HOURS)
fahrenheit = pl.when(pl.int_range(pl.len()) >= EXCHANGED * HOURS).then(pl.col("dew") * 1.8 + 32).otherwise("dew")
live = live.with_columns(dew=fahrenheit)
old.write_csv(folder / "old.csv")
holdout.write_csv(folder / "holdout.csv")

# The first model, and a registry of which it is the champion.
settings = {"threads": 1, "group": "week", "time": "at"}
model = seqloom.SequenceRegressor(cell="gru", hidden_size=24, epochs=options.epochs, settings=settings).fit(
    folder / "old.csv", target="warm", progress=progress_on(sys.stderr)
)
artifact = model.save(folder / "first.loom")
registry = Registry.make(folder / "models", holdout=folder / "holdout.csv")
registry.promote(registry.add(artifact, note="the first").version, expected=None, why="the first")


# Week by week: readings in, predictions out, what came true told afterwards. A shadow of the first model goes along.
readings = [Reading({name: row[name] for name in ("dew", "pressure", "wind")}, row["at"]) for row in live.to_dicts()]
truth = live["warm"].to_list()
store = open_store(folder / "live.db")
streams = seqloom.load(folder / "models").stream(store, records=True)
first, monitor = Shadow(load(artifact)), Monitor(Facts.of(load(artifact)))
errors, without, alarmed, promoted = [], [], None, None
for week in range(len(live) // HOURS):
    begin = week * HOURS
    (reply,) = streams.read([Call("station", readings[begin : begin + HOURS], seq=begin)])
    came = truth[begin : begin + HOURS]
    errors.append(float(np.mean(np.abs(np.array([said["warm"] for _, said in reply.answers if said]) - came))))
    for (seq, _), true in zip(reply.answers, came, strict=True):
        store.tell("station", reply.epoch, seq, orjson.dumps({"warm": true}))
    records = store.recent("station", limit=HOURS)
    beside = [orjson.loads(record.prediction)["warm"] for record in first.follow(records)]
    without.append(float(np.mean(np.abs(np.subtract(beside, came)))))
    for alert in monitor.see(records):
        print(f"week {week + 1}: {alert.event}, {alert.text}")
        if alarmed is None and alert.signal.endswith(error_of("warm")):
            alarmed = week
    if alarmed is None or promoted is not None or (week - alarmed) % 4:
        continue
    request = Request(store=store, earlier=folder / "old.csv", policy=Policy(margin=0.1), why="the error rose")
    outcome = retrain(registry, request, progress=progress_on(sys.stderr))
    report_of(outcome).save(folder / f"week-{week + 1}.html")
    print(f"week {week + 1}: {sentence_of(outcome)}")
    if outcome.promotion is not None:
        promoted = week
        streams = seqloom.load(folder / "models").stream(store, records=True, changed=HOURS)
        monitor = Monitor(Facts.of(load(folder / "models")))
store.close()

# What it came to, in numbers and as a picture.
last = len(errors) if promoted is None else promoted + 1
parts = {
    "before the exchange": errors[:EXCHANGED],
    "after it": errors[EXCHANGED:last],
    "after the promotion": errors[last:],
}
for name, part in parts.items():
    if part:
        print(f"{np.mean(part):5.2f} degrees of error {name}")
if errors[last:]:
    print(f"{np.mean(without[last:]):5.2f} degrees of error after the promotion, had the first model stayed")
weeks = np.arange(1, len(errors) + 1)
rules = [
    ("sensor exchanged", EXCHANGED + 0.5, "third"),
    ("alert", alarmed, "fourth"),
    ("promotion", promoted, "second"),
]
marks = [
    Rule(name=name, along="upright", at=at + (name != "sensor exchanged") * 1.5, ink=ink)
    for name, at, ink in rules
    if at is not None
]
lines = [Line(name="first model, had it stayed", x=weeks, y=np.array(without), ink="history", dashed=True)]
lines += [Line(name="champion", x=weeks, y=np.array(errors), ink="model", dots=True)]
axis = Axis(label="mean absolute error, degrees", limits=(0.0, 1.1 * max(without)))
panel = Panel(marks=(*marks, *lines), x=Axis(label="week of 2013"), y=axis, shape="wide")
title, caption = "Temperature told by a champion that is kept fresh", "Mean absolute error of each week, live."
figure = FigureData(name="keep-fresh", title=title, caption=caption, panels=(panel,))
(folder / "error.png").write_bytes(png_of(figure))
print(f"models  {folder / 'models'}")
print(f"plot    {folder / 'error.png'}")
