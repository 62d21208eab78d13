"""The command that judges."""

import json

import polars as pl
import pytest

from seqloom.report import Report


@pytest.fixture
def later(fitted, tmp_path):
    """The series cut in two: what comes first, and what follows."""
    table = pl.read_csv(fitted.data)
    table[:45].write_csv(tmp_path / "first.csv")
    table[45:].write_csv(tmp_path / "later.csv")
    return tmp_path / "first.csv", tmp_path / "later.csv"


def test_a_judgement_is_a_table_and_a_sentence(fitted, command):
    """Model and alternatives, then who won."""
    lines = command("evaluate", fitted.model, fitted.data).out.splitlines()
    assert lines[0].split() == ["53", "examples"]
    assert {"model", "naive"} <= {line.split()[0] for line in lines[2:]}


def test_alternatives_that_learn_need_something_to_learn_from(fitted, command, later):
    """With --test the first file teaches them, and all are judged on the second."""
    alone = json.loads(command("evaluate", fitted.model, later[1], "--json").out)
    taught = json.loads(command("evaluate", fitted.model, later[0], "--test", later[1], "--json").out)
    assert "ridge" not in alone["baselines"]
    assert "ridge" in taught["baselines"]


def test_only_what_follows_is_judged(fitted, command, later):
    """Fifteen steps that follow hold fourteen windows of two, since lookbacks reach into the first file."""
    assert json.loads(command("evaluate", fitted.model, later[0], "--test", later[1], "--json").out)["n"] == 14


def test_intervals_are_told_of_by_their_width(fitted, command):
    """Fixed and adaptive, overall, by step and over time."""
    found = json.loads(command("evaluate", fitted.model, fitted.data, "--json").out)
    assert found["intervals"]["fixed"]["coverage"] == pytest.approx(found["metrics"]["coverage_90"])
    for record in found["intervals"].values():
        assert len(record["by_step"]) == 2
        assert record["lowest"] <= min(record["over_time"])


def test_the_report_is_written_where_it_is_asked_for(fitted, command, tmp_path):
    """As a page or as data, with what was judged on, and none of a training."""
    for ending in ("html", "json"):
        target = tmp_path / f"judged.{ending}"
        said = command("evaluate", fitted.model, fitted.data, "-o", target).out
        assert said.splitlines()[-1].split() == ["report", str(target)]
    report = Report.from_json((tmp_path / "judged.json").read_text())
    titles = [section.title for section in report.sections]
    assert {"Metrics", "Prediction interval", "Data"} <= set(titles)
    assert "Training" not in titles
    assert report.title in (tmp_path / "judged.html").read_text()


def test_scaled_errors_are_asked_for(fitted, command):
    """In the scaled units of the training part errors have another size, and shares of variance the same."""
    plain, scaled = (
        json.loads(command("evaluate", fitted.model, fitted.data, "--json", *words).out)["metrics"]
        for words in ((), ("--metrics-scaled",))
    )
    assert scaled["rmse"] != pytest.approx(plain["rmse"])
    assert scaled["r2"] == pytest.approx(plain["r2"])


def test_that_sequences_ran_to_their_end_is_said_where_nothing_tells(command, tmp_path):
    """Unless a column of the steps left is named."""
    rows = [(unit, step, (step * step + unit) % 7, 2) for unit in range(12) for step in range(6 + unit % 4)]
    table = pl.DataFrame(rows, schema=["unit", "step", "heat", "left"], orient="row")
    table.drop("left").write_csv(tmp_path / "ended.csv")
    table.write_csv(tmp_path / "cut.csv")
    words = ("--group", "unit", "--time", "step", "--remaining-life", "4", "--method", "ridge", "--quiet")
    assert command("fit", tmp_path / "ended.csv", *words, "-o", tmp_path / "life").code == 0
    plain = command("evaluate", tmp_path / "life.loom", tmp_path / "ended.csv")
    assert "every sequence is taken to have run to its end" in plain.err
    told = command("evaluate", tmp_path / "life.loom", tmp_path / "cut.csv", "--steps-left", "left")
    assert (told.code, "taken to have run" in told.err) == (0, False)
