"""The command that runs one turn."""

import json

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
