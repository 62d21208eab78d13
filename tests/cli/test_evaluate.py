"""The command that judges."""

import json

import polars as pl
import pytest


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


def test_scaled_errors_are_asked_for(fitted, command):
    """In the scaled units of the training part errors have another size, and shares of variance the same."""
    plain, scaled = (
        json.loads(command("evaluate", fitted.model, fitted.data, "--json", *words).out)["metrics"]
        for words in ((), ("--metrics-scaled",))
    )
    assert scaled["rmse"] != pytest.approx(plain["rmse"])
    assert scaled["r2"] == pytest.approx(plain["r2"])
