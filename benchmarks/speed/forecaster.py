"""Updates of seqloom's forecaster, as `fit` makes them, one at a time."""

from collections.abc import Iterator

import numpy as np

from benchmarks.speed.series import BATCH, HIDDEN, HORIZON, LENGTH, LOOKBACK, series
from seqloom.estimators import FitSettings, plan
from seqloom.prepare import batches, epoch
from seqloom.sequence import Column, Schema, SequenceDataset
from seqloom.train import Known, choose_for
from seqloom.train.optimizer import build_optimizer, set_rate
from seqloom.train.schedule import Schedule
from seqloom.train.surroundings import own_surroundings
from seqloom.train.update import update

SIZES = {"task": "forecast", "cell": "lstm", "hidden_size": HIDDEN, "lookback": LOOKBACK, "horizon": HORIZON}
ALIKE = {"supervise": "last", "linear": 0}
"""What makes the forecaster do what others do: learn from the last row of a lookback, by the recurrence alone."""


def updates(*, alike: bool) -> Iterator[float]:
    """Train a forecaster of the series, endlessly; gives the loss of each update, batch gathered and weights moved.

    Args:
        alike: whether it does what other libraries' do, or what it does when nothing is chosen.
    """
    dataset = SequenceDataset(
        schema=Schema(columns=(Column(name="load", kind="number", role="target"),)),
        offsets=np.array([0, LENGTH]),
        steps={"load": series().astype(np.float64)},
        statics={},
        keys=np.array(["one"]),
    )
    planned = plan(dataset, FitSettings.flat({**SIZES, **(ALIKE if alike else {}), "batch_size": BATCH, "stride": 1}))
    training = planned.examples["train"]
    model = planned.fresh(training)
    settings = choose_for(model, training, planned.settings.train)
    optimizer, known = build_optimizer(model.named_parameters(), settings), Known.of(training)
    generator = np.random.default_rng(settings.seed)
    schedule = Schedule(settings.schedule, 10**6, settings.warmup)
    model.train(mode=True)
    with own_surroundings(settings):
        done = 0
        while True:
            for batch in batches(training, list(epoch(training, settings.batch_size, generator=generator))):
                set_rate(optimizer, settings.learning_rate * schedule.share(done))
                yield update(model, optimizer, batch, settings, known).loss
                done += 1
