"""One trial."""

import math
import signal

import numpy as np
import polars as pl
import pytest

from seqloom.estimators import walk
from seqloom.read import ReadSettings, read
from seqloom.tune.job import job_of
from seqloom.tune.space import Choice, Searched, Space
from seqloom.tune.trial import train_trial
from seqloom.tune.watch import Unfinished

DRAWN = {"hidden_size": 4, "cell": "gru"}


class Enough(Exception):  # noqa: N818 - ends a training
    """Ends a training."""


def nothing(*_):
    """Reports to nobody, and never stops."""
    return False


def test_its_value_is_the_criterion_of_the_weights_it_kept(job):
    """The number by which training itself chose the epoch."""
    result = train_trial(job, DRAWN, nothing, nothing)
    run = walk(job.plan(DRAWN)).run
    criteria = {line["epoch"]: line["validation"] for line in run.history}
    assert result.best_epoch == run.best_epoch
    assert result.value == run.validation == criteria.get(run.best_epoch, run.validation)


def test_initial_weights_that_are_best_have_a_value(job):
    """A forecast begins with ridge regression, which may be better than what follows."""
    result = train_trial(job, {"hidden_size": 4, "learning_rate": 1e-9}, nothing, nothing)
    assert math.isfinite(result.value)


def test_the_test_part_has_no_say(job, table, space):
    """Other values there change nothing a trial comes to."""
    parts = job.plan({}).parts.split.borders[0]
    other = table.with_row_index().with_columns(
        load=pl.when(pl.col("index") >= int(parts[2])).then(1e4 * pl.col("index")).otherwise("load")
    )
    changed = read(other.drop("index"), settings=ReadSettings(target=("load",)))
    spoiled = job_of(changed, job.given, space=space, work=job.work)
    first, second = (train_trial(one, DRAWN, nothing, nothing) for one in (job, spoiled))
    assert not np.array_equal(job.data[0].steps["load"], changed.steps["load"])
    assert (first.value, first.epochs, first.weights) == (second.value, second.epochs, second.weights)


def test_every_epoch_is_reported(job):
    """Until the last one there can be."""
    told = []
    train_trial(job, DRAWN, lambda *words: told.append(words[1:]), nothing)
    assert told == [(1, False), (2, True)]


def test_what_a_report_raises_ends_the_training(job):
    """And leaves the handler of Ctrl-C as it was."""

    def report(*_):
        raise Enough

    before = signal.getsignal(signal.SIGINT)
    with pytest.raises(Enough):
        train_trial(job, DRAWN, report, nothing)
    assert signal.getsignal(signal.SIGINT) is before


def test_a_search_that_ends_ends_the_training(job):
    """The trial is not finished."""
    with pytest.raises(Unfinished):
        train_trial(job, DRAWN, nothing, lambda: True)


def test_trials_with_other_losses_are_measured_alike(series, job):
    """The value of a training for the absolute error is a squared one, too."""
    space = Space((Searched("loss", Choice(("mse", "mae"))),))
    own = job_of(series, job.given, space=space)
    reported = []
    result = train_trial(own, {"loss": "mae"}, lambda *words: reported.append(words[0]), nothing)
    run = walk(own.plan({"loss": "mae"})).run
    assert len(reported) == len(run.history)
    assert result.value != run.validation
