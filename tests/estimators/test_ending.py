"""Models of where sequences end: fitted, saved, asked, judged and read reading by reading."""

import numpy as np
import polars as pl
import pytest

import seqloom
from seqloom.errors import DataError, SettingsError
from seqloom.read import ReadSettings, read

QUICK = {"epochs": 3, "threads": 1}
HOW = {"group": "unit", "time": "cycle"}


@pytest.fixture(scope="module")
def machines():
    """Twenty machines that get hot in their last eight cycles."""
    rng, parts = np.random.default_rng(0), []
    for unit in range(20):
        length = int(rng.integers(15, 30))
        heat = np.clip(8.0 - np.arange(length)[::-1], 0, None) + rng.normal(0, 0.3, length)
        parts.append(pl.DataFrame({"unit": [f"m{unit}"] * length, "cycle": np.arange(length), "heat": heat.round(3)}))
    return pl.concat(parts)


@pytest.fixture(scope="module")
def life(machines, tmp_path_factory):
    """A model of remaining life, saved and loaded."""
    model = seqloom.SequenceRegressor(hidden_size=4, settings=QUICK).fit(machines, remaining_life=10, **HOW)
    return seqloom.load(model.save(tmp_path_factory.mktemp("life") / "life.loom"))


@pytest.fixture(scope="module")
def failure(machines, tmp_path_factory):
    """A model of failures within three cycles, saved and loaded."""
    settings = {**QUICK, "epochs": 30, "learning_rate": 0.03}
    model = seqloom.Tagger(hidden_size=8, settings=settings).fit(machines, fails_within=3, **HOW)
    return seqloom.load(model.save(tmp_path_factory.mktemp("failure") / "failure.loom"))


def test_a_machine_at_work_is_told_its_life_at_every_step(machines, life):
    """From the columns it has at work; lives stay between none and the cap."""
    at_work = machines.filter(pl.col("unit") == "m3")[:9]
    answers = life.predict(at_work)
    assert answers.shape == (9,)
    assert ((answers >= 0) & (answers <= 10)).all()


def test_a_stream_is_told_what_the_table_is(machines, life):
    """One reading in, one life out, with nothing said of the target."""
    at_work = machines.filter(pl.col("unit") == "m3")[:6]
    expected = life.answer(at_work).to_columns()["remaining_life"]
    with life.stream() as streams:
        told = [streams.step({"heat": row["heat"]}, time=row["cycle"])["remaining_life"] for row in at_work.to_dicts()]
    np.testing.assert_allclose(told, expected, rtol=1e-4, atol=1e-4)


def test_machines_that_were_cut_are_judged_by_what_was_left(machines, life):
    """With the steps left, the truth of a shorter table is that of the whole one."""
    whole = read(machines, schema=life.schema_)
    cut = machines.with_columns(left=3).filter(pl.col("cycle") < pl.col("cycle").max().over("unit") - 2)
    asked = read(cut, schema=life.schema_, settings=ReadSettings(steps_left="left"))
    kept = np.concatenate([own[:-3] for own in np.split(whole.steps["remaining_life"], whole.offsets[1:-1])])
    np.testing.assert_array_equal(asked.steps["remaining_life"], kept)
    metrics = life.evaluate(asked).metrics["model"]
    assert {"rmse", "rmse_last", "phm08"} <= metrics.keys()


def test_without_the_column_of_steps_left_nobody_can_judge(machines):
    """A model that learned with it takes no other machine for failed."""
    model = seqloom.SequenceRegressor(method="ridge").fit(
        machines.with_columns(left=0), remaining_life=10, steps_left="left", **HOW
    )
    assert model.predict(machines).shape == (len(machines),)
    with pytest.raises(DataError, match="column 'remaining_life': expected targets to judge by, came none"):
        model.evaluate(machines)


def test_failures_are_warned_of(machines, failure):
    """The heat tells them; the threshold was measured and is kept with the model."""
    assert failure.classes_.tolist() == ["no", "yes"]
    assert 0 < float(failure.bundle_.model.get_buffer("threshold")) < 1
    metrics = failure.evaluate(machines).metrics["model"]
    assert metrics["f1"] > 0.8
    assert metrics["lead"] >= 2
    labels = failure.predict(machines.filter(pl.col("unit") == "m3"))[0]
    assert (labels[0], labels[-1]) == ("no", "yes")


def test_the_report_shows_the_warnings(failure):
    """Behind the metrics, before the tags."""
    assert [section.title for section in failure.report_.sections][1:3] == ["Warnings", "Tags"]


def test_a_simple_method_warns_with_a_threshold_of_its_own(machines):
    """Measured on the validation part, as that of a network."""
    model = seqloom.Tagger(method="logistic").fit(machines, fails_within=3, **HOW)
    assert model.fitted_.walked.settings.model.threshold == "f1"
    assert "threshold" in model.bundle_.model.state_dict()


def test_a_miss_that_costs_more_lowers_the_threshold(machines):
    """Steps before failures are then missed less often."""
    found = [
        seqloom.Tagger(method="logistic", settings={"miss_cost": cost}).fit(machines, fails_within=3, **HOW)
        for cost in (0.1, 50)
    ]
    cheap, dear = (float(model.bundle_.model.get_buffer("threshold")) for model in found)
    assert dear < cheap
    assert "cost" in found[0].metrics_["test"]


@pytest.mark.parametrize("choice", ["bidirectional", "crf"])
def test_who_reads_from_the_end_is_refused(machines, choice):
    """It would know it."""
    with pytest.raises(SettingsError, match=f"{choice}: expected answers from the steps so far"):
        seqloom.Tagger(settings={choice: True}).fit(machines, fails_within=3, **HOW)


def test_a_test_part_that_is_kept_has_its_truth(machines, tmp_path):
    """What was left after the last row is in the target, not in a column of its own."""
    machines.with_columns(left=pl.lit(2)).write_csv(tmp_path / "machines.csv")
    settings = seqloom.estimators.FitSettings.flat(
        {"group": "unit", "time": "cycle", "remaining_life": 10, "steps_left": "left", "method": "mean"}
    )
    planned = seqloom.estimators.plan(read(tmp_path / "machines.csv", settings=settings.reading), settings)
    seqloom.estimators.keep_test(planned, tmp_path / "test.csv")
    kept = read(tmp_path / "test.csv", schema=planned.parts.dataset.schema)
    assert kept.steps["remaining_life"].min() == 2
