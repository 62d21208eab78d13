"""The command that runs one turn."""

import json

import numpy as np
import polars as pl
import pytest

import seqloom
from seqloom.store import open_store
from tests.retrain.conftest import days, fit, streamed


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Files of old data, new data and a hold-out, and a model of the old."""
    folder = tmp_path_factory.mktemp("made")
    days(40).write_csv(folder / "old.csv")
    days(60, first=100, shift=3.0, seed=2).write_csv(folder / "new.csv")
    days(20, first=50, seed=1).write_csv(folder / "holdout.csv")
    fit(days(40)).save(folder / "first.loom")
    return folder


@pytest.fixture
def models(made, command, tmp_path):
    """A registry of the model."""
    words = ("--holdout", made / "holdout.csv", "--promote")
    assert command("registry", "add", tmp_path / "models", made / "first.loom", *words).code == 0
    return tmp_path / "models"


def test_new_data_make_a_new_champion(models, made, command, tmp_path):
    """The exit code is 0, the report is written, what was asked is told."""
    words = ("--earlier", made / "old.csv", "--margin", 1, "--max-jump", 1, "--why", "exchanged")
    said = command("retrain", models, made / "new.csv", *words, "-o", tmp_path / "turn.html", "--quiet")
    assert said.code == 0, said.err
    assert "Version 2 is the champion in place of version 1.\n" in said.out
    assert f"report  {tmp_path / 'turn.html'}\n" in said.out
    assert "yes  wins on the recent window: won: " in said.err
    assert "Champion and challenger" in (tmp_path / "turn.html").read_text()
    listed = json.loads(command("registry", "list", models, "--json").out)
    assert (listed["champion"], listed["promotions"][-1]["why"][:9]) == (2, "exchanged")


def test_a_challenger_that_fails_ends_well_too(models, made, command, tmp_path):
    """With exit code 0, and why not."""
    words = ("--epochs", 1, "--learning-rate", 1e-9, "--quiet", "--json", "-o", tmp_path / "turn.json")
    said = command("retrain", models, made / "new.csv", *words)
    assert said.code == 0, said.err
    told = json.loads(said.out)
    assert (told["promoted"], told["champion"], told["windows"][0]["result"]) == (False, 1, "undecided")
    assert json.loads((tmp_path / "turn.json").read_text())["verdict"] == told["sentence"]


def test_a_store_is_learned_from_and_shadowed(models, made, command, tmp_path):
    """By its address."""
    with open_store(tmp_path / "live.db") as store:
        streamed(seqloom.load(models), days(60, first=100, shift=3.0, seed=2), store)
    words = ("--store", f"sqlite:///{tmp_path / 'live.db'}", "--earlier", made / "old.csv", "--margin", 1)
    said = command("retrain", models, *words, "--max-jump", 1, "--json", "--quiet")
    assert said.code == 0, said.err
    told = json.loads(said.out)
    assert (told["promoted"], told["windows"][2]["window"]) == (True, "live streams")
    empty = command("retrain", models, *words, "--days", 0, "--quiet")
    assert (empty.code, "expected recorded readings to learn from, came none" in empty.err) == (2, True)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ((), "retrain: expected DATA or --store, came neither"),
        (("new.csv", "--margin", "2"), "margin: expected a share from 0 to 1, came 2.0"),
        (("nowhere.csv",), "nowhere.csv: expected"),
        (("new.csv", "-o", "nowhere/turn.html"), "expected a folder to write to"),
        (("new.csv", "--recent", "0.99"), "expected shares that leave something to learn from"),
    ],
)
def test_what_cannot_be_used_is_told(models, made, command, monkeypatch, words, told):
    """In one line, with exit code 2."""
    monkeypatch.chdir(made)
    said = command("retrain", models, *words, "--quiet")
    assert (said.code, told in said.err, said.err.count("\n")) == (2, True, 1), said.err


def test_a_kept_test_part_is_held_out_for_good(command, tmp_path, monkeypatch):
    """From `fit` on: it is frozen with the first version, and left out of the data it was cut from."""
    monkeypatch.chdir(tmp_path)
    hours = np.arange("2024-01-01", "2024-02-10", dtype="datetime64[h]").astype("datetime64[us]")
    loads = np.sin(np.arange(len(hours)) / 4) + np.random.default_rng(0).normal(0, 0.1, len(hours))
    table = pl.DataFrame({"at": hours, "load": loads})
    table[:700].write_csv("load.csv")
    table.write_csv("all.csv")
    words = ("--target", "load", "--horizon", 2, "--lookback", 8, "--epochs", 1, "--hidden-size", 4, "--threads", 1)
    said = command("fit", "load.csv", *words, "--keep-test", "held.csv", "-o", "load.loom")
    assert said.code == 0, said.err
    held = pl.read_csv("held.csv", try_parse_dates=True)
    assert f"test part kept in held.csv: {len(held)} steps; seqloom registry add ... --holdout held.csv" in said.err
    assert held["at"].to_list() == table["at"][700 - len(held) : 700].to_list()
    assert command("registry", "add", "models", "load.loom", "--holdout", "held.csv", "--promote").code == 0
    said = command("retrain", "models", "all.csv", "--earlier", "load.csv", "--epochs", 1, "--quiet", "-o", "turn.html")
    assert said.code == 0, said.err
    assert "Diebold-Mariano test, with the correction of Harvey" in (tmp_path / "turn.html").read_text()
    assert "all.csv: 700 steps are held out, and were not learned from\n" in said.err
    assert f"load.csv: {len(held)} steps are held out, and were not learned from\n" in said.err
    assert "the hold-out" in said.out
    (kept,) = (tmp_path / "models" / "holdouts").iterdir()
    kept.write_text("at,load\n")
    said = command("retrain", "models", "all.csv", "--quiet")
    assert (said.code, f"{kept.name}: expected the hold-out of hash {kept.stem}" in said.err) == (2, True), said.err
