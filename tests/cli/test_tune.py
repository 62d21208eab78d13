"""The command that searches settings."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time

import numpy as np
import polars as pl
import pytest
import yaml

WORDS = ("--target", "load", "--horizon", 2, "--lookback", 6, "--linear", 0, "--epochs", 2, "--threads", 1)


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    """A wave with noise, as a file, and a small space."""
    folder = tmp_path_factory.mktemp("tune")
    rng = np.random.default_rng(0)
    days = np.datetime64("2024-01-01") + np.arange(120)
    load = 10 + 3 * np.sin(np.arange(120) / 3) + rng.normal(0, 0.3, 120)
    pl.DataFrame({"day": days, "load": load.round(3)}).write_csv(folder / "series.csv")
    (folder / "space.yaml").write_text("hidden_size: {low: 2, high: 32}\nlearning_rate: {low: 0.0001, high: 0.01}\n")
    return folder / "series.csv"


@pytest.fixture(scope="module")
def words(data):
    """The command without its output and its budget."""
    return ("tune", data, *WORDS, "--space", data.with_name("space.yaml"), "--pruning", "none")


@pytest.fixture(scope="module")
def tuned(words, command, tmp_path_factory):
    """A finished search: what was said, and where everything is."""
    model = tmp_path_factory.mktemp("tuned") / "model.loom"
    said = command(*words, "--trials", 3, "-o", model)
    assert said.code == 0, said.err
    said.model = model
    return said


def kept(path):
    """The state and the value of each trial, as the file has them."""
    with sqlite3.connect(path, timeout=0.05) as link:
        rows = "SELECT number, state, value FROM trials LEFT JOIN trial_values USING (trial_id) ORDER BY number"
        return link.execute(rows).fetchall()


def test_every_trial_has_a_line(tuned):
    """Its number, its value, the best so far, and how long it will take."""
    lines = [line for line in tuned.err.splitlines() if line.startswith("trial ")]
    assert [line.split()[1] for line in lines] == ["0", "1", "2"]
    assert "(the defaults)  best " in lines[0]
    assert lines[1].endswith("min left")


def test_what_is_searched_is_said(tuned):
    """Before the search begins."""
    assert "  hidden_size: 2 to 32\n" in tuned.err


def test_the_result_is_printed(tuned):
    """Model, alternatives, the sentence, and where everything is."""
    rows = {line.split()[0] for line in tuned.out.splitlines() if line}
    assert {"model", "naive", "ridge", "report", "settings", "trials"} <= rows
    assert "the defaults" in tuned.out


@pytest.mark.parametrize("ending", [".loom", ".html", ".settings.yaml", ".tune.db"])
def test_everything_stands_side_by_side(tuned, ending):
    """Model, report, settings and trials have one name."""
    assert tuned.model.with_suffix(ending).is_file()


def test_the_settings_train_the_same_model_again(tuned, data, command, tmp_path):
    """`fit --config` takes them, and comes to the same numbers."""
    settings = tuned.model.with_suffix(".settings.yaml")
    said = command("fit", data, "--config", settings, "--json", "--quiet", "-o", tmp_path / "a.loom")
    assert said.code == 0, said.err
    again = command("evaluate", tuned.model, data, "--json")
    other = command("evaluate", tmp_path / "a.loom", data, "--json")
    assert json.loads(again.out)["metrics"] == json.loads(other.out)["metrics"]
    assert yaml.safe_load(settings.read_text())["refit"] is True


def test_the_same_command_goes_on(tuned, words, command):
    """More trials are added to those that are there, and it says so."""
    said = command(*words, "--trials", 4, "-o", tuned.model, "--json")
    told = json.loads(said.out)
    assert "going on from 3 finished trials in" in said.err
    assert [line.split()[1] for line in said.err.splitlines() if line.startswith("trial ")] == ["3"]
    assert (len(told["trials"]), told["best"]["value"]) == (4, min(trial["value"] for trial in told["trials"]))
    assert {"result", "sentence", "defaults", "baselines", "settings"} <= set(told)


def test_another_space_is_refused(tuned, words, command, tmp_path):
    """With what to do about it, and an exit code."""
    (tmp_path / "other.yaml").write_text("hidden_size: [2, 3]\n")
    said = command(*words, "--space", tmp_path / "other.yaml", "-o", tuned.model)
    assert (said.code, "expected the same space, came other space" in said.err) == (2, True)


def test_an_earlier_search_can_be_thrown_away(words, command, tmp_path):
    """Then it begins with the defaults again."""
    model = tmp_path / "model.loom"
    for more in ((), ("--anew",)):
        said = command(*words, "--trials", 2, "-o", model, *more)
    assert [line.split()[1] for line in said.err.splitlines() if line.startswith("trial ")] == ["0", "1"]


def test_a_quiet_search_says_nothing(words, command, tmp_path):
    """Only the result is printed."""
    said = command(*words, "--trials", 1, "--quiet", "-o", tmp_path / "model.loom")
    assert (said.code, said.err) == (0, "")


def test_minutes_are_a_budget_of_their_own(words, command, tmp_path):
    """Then trials are not counted."""
    said = command(*words, "--minutes", 0.02, "-o", tmp_path / "model.loom", "--json", "--quiet")
    assert len(json.loads(said.out)["trials"]) >= 1


def test_a_file_that_is_there_is_not_overwritten(words, command, tmp_path):
    """As after a fit."""
    (tmp_path / "model.html").write_text("mine")
    said = command(*words, "-o", tmp_path / "model.loom")
    assert (said.code, (tmp_path / "model.html").read_text()) == (2, "mine")


def drawn(path):
    """The values of each trial, by its number."""
    found = {}
    with sqlite3.connect(path, timeout=0.05) as link:
        rows = "SELECT number, param_name, param_value FROM trial_params JOIN trials USING (trial_id)"
        for number, name, value in link.execute(rows):
            found.setdefault(number, {})[name] = value
    return found


def begun(words, model, *more):
    """The command in a process of its own."""
    line = [sys.executable, "-m", "seqloom", *map(str, (*words, *more, "-o", model))]
    return subprocess.Popen(line, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def caught_running(process, trials, finished):
    """Wait until so many trials are finished and another one runs, with the process held there."""
    for _ in range(1_000):
        time.sleep(0.05)
        if not runs(trials, finished):
            continue
        os.kill(process.pid, signal.SIGSTOP)
        if runs(trials, finished):
            return kept(trials)
        os.kill(process.pid, signal.SIGCONT)
    process.kill()
    pytest.fail(f"no trial was caught while it ran: {process.communicate()}")


def runs(trials, finished):
    """Whether so many trials are finished, and another one runs with settings of its own."""
    try:
        rows = kept(trials) if trials.is_file() else []
        ready = sum(row[1] == "COMPLETE" for row in rows) >= finished and rows[-1][1] == "RUNNING"
        return ready and len(drawn(trials).get(len(rows) - 1, {})) == 2
    except sqlite3.OperationalError:  # written to at this moment
        return False


@pytest.mark.slow
def test_a_killed_search_loses_no_finished_trial(words, command, tmp_path):
    """Those that were finished stay, the one under way has failed and its settings are tried again."""
    model = tmp_path / "model.loom"
    trials = model.with_suffix(".tune.db")
    process = begun((*words, "--epochs", 30, "--patience", 0), model, "--trials", 4, "--quiet")
    before = caught_running(process, trials, finished=1)
    process.kill()
    process.communicate()
    said = command(*words, "--epochs", 30, "--patience", 0, "--trials", 4, "-o", model)
    assert said.code == 0, said.err
    after = kept(trials)
    assert after[: len(before) - 1] == before[:-1]
    assert after[len(before) - 1][1] == "FAIL"
    assert sum(state == "COMPLETE" for _, state, _ in after) == 4
    tried = drawn(trials)
    lost = tried[len(before) - 1]
    assert [number for number, values in tried.items() if values == lost] == [len(before) - 1, len(before)]


@pytest.mark.slow
def test_ctrl_c_says_how_to_go_on(words, tmp_path):
    """Cleanly, with the exit code of an interruption."""
    model = tmp_path / "model.loom"
    process = begun((*words, "--epochs", 30, "--patience", 0), model, "--trials", 50)
    caught_running(process, model.with_suffix(".tune.db"), finished=1)
    os.kill(process.pid, signal.SIGINT)
    os.kill(process.pid, signal.SIGCONT)
    _, err = process.communicate(timeout=60)
    assert (process.returncode, "the same command goes on from there" in err) == (130, True)
    assert [row for row in kept(model.with_suffix(".tune.db")) if row[1] == "RUNNING"] == []
    assert not model.exists()
