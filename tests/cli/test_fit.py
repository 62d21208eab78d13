"""The command that trains."""

import json

import pytest

from seqloom.cli.options import SECTIONS


@pytest.fixture
def talk(fitted):
    """What the fit said on stderr."""
    return fitted.said.err


@pytest.fixture
def shown(fitted):
    """What the fit printed on stdout."""
    return fitted.said.out


def test_what_was_read_is_introduced(talk):
    """File, number of sequences, and what each column was taken for."""
    assert "series.csv: 1 sequence of 60 steps" in talk
    assert "column 'day' holds the time stamps" in talk


def test_what_was_chosen_is_said_with_its_reason(talk):
    """Every setting that was left open is told, those of the training too."""
    rows = [line.split(maxsplit=2) for line in talk.splitlines()]
    assert ["hidden_size", "16", "42 training steps"] in [[word.strip() for word in row] for row in rows]
    assert "batch_size" in [row[0] for row in rows if row]


def test_what_was_chosen_is_said_before_the_training(talk):
    """Who sees that it is not what was meant need not wait for the end."""
    assert talk.index("hidden_size") < talk.index("epoch 1/2")


def test_the_parts_are_counted(talk):
    """How many windows train, choose and judge."""
    assert "train 35 examples, validation 8 examples, test 8 examples" in talk


def test_resampled_steps_are_told(fitted, command, tmp_path):
    """What happens to the clock on request is said before the training."""
    words = ("--target", "load", "--horizon", "1", "--lookback", "2", "--epochs", "1", "--resample", "2d")
    assert "the steps were brought to 2d: 60 became " in command("fit", fitted.data, *words, "-o", tmp_path / "a").err


def test_model_and_alternatives_stand_in_one_table(shown):
    """The table has a row for the model and one for each alternative."""
    rows = {line.split()[0] for line in shown.splitlines() if line}
    assert {"model", "naive", "drift", "ridge"} <= rows


def test_the_forecast_is_sketched(shown):
    """The last test window is drawn with what happened."""
    assert "load: the last test window, forecast and what happened" in shown


def test_the_last_lines_say_where_everything_is(shown, fitted):
    """Model, report and settings can be found."""
    assert [line.split() for line in shown.splitlines()[-3:]] == [
        ["model", str(fitted.model)],
        ["report", str(fitted.model.with_suffix(".html"))],
        ["settings", str(fitted.model.with_suffix(".settings.yaml"))],
    ]


def test_the_report_stands_beside_the_model(fitted):
    """It is a page of its own."""
    assert fitted.model.with_suffix(".html").read_text().startswith("<!doctype html>")


def test_a_quiet_fit_says_nothing_on_stderr(fitted, command, tmp_path):
    """Only the result is printed."""
    assert command("fit", fitted.data, *fitted.words, "--quiet", "-o", tmp_path / "model.loom").err == ""


def test_json_is_all_there_is_on_stdout(fitted, command, tmp_path):
    """A program can read it without looking for it."""
    found = command("fit", fitted.data, *fitted.words, "--json", "-o", tmp_path / "model.loom")
    assert json.loads(found.out)["artifact"] == str(tmp_path / "model.loom")


def test_the_model_is_called_like_the_file(fitted, command, tmp_path, monkeypatch):
    """Without -o it stands where one is, named after the data."""
    monkeypatch.chdir(tmp_path)
    command("fit", fitted.data, *fitted.words)
    assert {path.name for path in tmp_path.iterdir()} == {"series.loom", "series.html", "series.settings.yaml"}


def test_resuming_nothing_starts_anew_and_says_so(fitted, command, tmp_path):
    """Where no training was cut short, --resume does no harm."""
    found = command("fit", fitted.data, *fitted.words, "--resume", "-o", tmp_path / "model.loom")
    assert (found.code, "nothing to resume, the training starts anew" in found.err) == (0, True)


def test_help_lists_the_settings_by_section(command):
    """Seventy options are found under the headings of the walk."""
    out = command("fit", "--help").out
    headings = [line for line in out.splitlines() if line.endswith(":") and not line.startswith(" ")]
    assert [line.rstrip(":") for line in headings] == ["Options", *SECTIONS.values()]


def test_a_training_begins_from_a_model(fitted, command, tmp_path):
    """With its settings; what its weights do not fit is refused by name."""
    words = ("fit", fitted.data, "--from", fitted.model, "-o", tmp_path / "further.loom", "--quiet")
    said = command(*words, "--epochs", 1, "--json")
    assert said.code == 0, said.err
    told = json.loads(said.out)
    assert (told["settings"]["lookback"], told["epochs"]) == (6, 1)
    refused = command(*words, "--cell", "gru", "--lookback", 9)
    assert (refused.code, "as in the model the training begins from" in refused.err) == (2, True)


@pytest.mark.parametrize("method", ["drift", "ridge"])
def test_a_simple_method_is_saved_like_a_network(fitted, command, tmp_path, method):
    """It says nothing of a training, and predicts, evaluates and streams."""
    words = ("--target", "load", "--horizon", "2", "--lookback", "6", "--method", method)
    said = command("fit", fitted.data, *words, "-o", tmp_path / "simple.loom")
    assert said.code == 0, said.err
    assert "epoch" not in said.err + said.out
    assert "weights" not in (tmp_path / "simple.html").read_text()
    assert f"method: {method}" in (tmp_path / "simple.settings.yaml").read_text()
    rows = {line.split()[0] for line in said.out.splitlines() if line}
    assert "model" in rows
    assert method not in rows
    assert command("predict", tmp_path / "simple.loom", fitted.data).out.startswith("sequence,time,step,load,load_q05")
    assert command("evaluate", tmp_path / "simple.loom", fitted.data).code == 0
    again = command("fit", fitted.data, "--config", tmp_path / "simple.settings.yaml", "-o", tmp_path / "again.loom")
    assert again.code == 0, again.err
    assert again.out.splitlines()[:3] == said.out.splitlines()[:3]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--method", "rigde"), "method: expected one of network, naive, seasonal_naive, drift, ridge"),
        (("--method", "ridge", "--cell", "gru"), "cell: expected a network, came ridge"),
        (("--method", "ridge", "--resume"), "resume: expected a network, whose training takes long, came ridge"),
        (("--method", "markov", "--task", "events"), "expected network, came 'markov'"),
    ],
)
def test_what_no_simple_method_has_is_refused(fitted, command, tmp_path, words, message):
    """A method of another name, settings of a network, a training to resume, a task of networks alone."""
    said = command("fit", fitted.data, "--target", "load", *words, "-o", tmp_path / "none.loom")
    assert said.code == 2
    assert message in said.err
