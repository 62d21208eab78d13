"""Runs of the command line: told in a file, repeated, cut short and taken up again."""

import json
import os
import signal
import subprocess
import sys
import time

import numpy as np
import pytest

import seqloom


def weights(artifact):
    """The weights of a saved model by name, as arrays."""
    return {name: value.numpy() for name, value in seqloom.load(artifact).bundle_.model.state_dict().items()}


def equal(one, other):
    """Whether two sets of weights agree to the last bit."""
    return one.keys() == other.keys() and all(np.array_equal(one[name], other[name]) for name in one)


@pytest.fixture
def fit(quick_series, command):
    """Fits to the quick series with more words and says what was printed."""

    def run(name, *words):
        found = command(
            "fit", quick_series.data, *quick_series.words, "-o", quick_series.folder / name, "--json", *words
        )
        assert found.code == 0, found.err
        return json.loads(found.out)

    return run


def test_the_same_seed_gives_the_same_weights(quick_series, fit):
    """Two fits of one seed agree to the last bit."""
    artifacts = [fit(name, "--seed", "3")["artifact"] for name in ("one.loom", "two.loom")]
    assert equal(*map(weights, artifacts))


def test_another_seed_gives_other_weights(quick_series, fit):
    """The seed matters."""
    artifacts = [fit(f"{seed}.loom", "--seed", seed)["artifact"] for seed in ("3", "4")]
    assert not equal(*map(weights, artifacts))


def test_a_configuration_file_says_what_flags_say(quick_series, fit, command):
    """Settings in YAML train the same model as the same flags."""
    named = fit("flags.loom")
    settings = dict(zip([word[2:] for word in quick_series.words[::2]], quick_series.words[1::2], strict=True))
    config = quick_series.folder / "run.yaml"
    config.write_text("".join(f"{name}: {value}\n" for name, value in settings.items()))
    told = command("fit", quick_series.data, "--config", config, "-o", quick_series.folder / "told.loom", "--json")
    assert equal(weights(json.loads(told.out)["artifact"]), weights(named["artifact"]))


def test_flags_win_over_the_configuration_file(quick_series, fit):
    """A flag beside the file decides."""
    config = quick_series.folder / "run.yaml"
    config.write_text("seed: 7\nscaling: minmax\n")
    settings = fit("model.loom", "--config", config, "--seed", "8")["settings"]
    assert (settings["seed"], settings["scaling"]) == (8, "minmax")


def test_the_settings_of_a_fit_can_be_given_again(quick_series, fit):
    """What a fit prints as its settings, written to a file, trains the same model."""
    first = fit("first.loom")
    config = quick_series.folder / "run.yaml"
    config.write_text(json.dumps(first["settings"]))  # JSON is YAML
    assert equal(weights(first["artifact"]), weights(fit("again.loom", "--config", config)["artifact"]))


def test_scaled_metrics_are_in_the_units_of_training(fit):
    """Errors in scaled units are the errors divided by the deviation of the training part."""
    plain, scaled = (fit("model.loom", *words)["metrics"]["test"] for words in ((), ("--metrics-scaled",)))
    assert scaled["mae"] ** 2 / plain["mae"] ** 2 == pytest.approx(scaled["mse"] / plain["mse"])
    assert scaled["mae"] != pytest.approx(plain["mae"])


def test_the_settings_beside_a_model_train_it_again(quick_series, fit):
    """They are a configuration file; nothing is left open in it."""
    first = fit("first.loom")
    config = quick_series.folder / "first.settings.yaml"
    again = fit("again.loom", "--config", config)
    assert equal(weights(first["artifact"]), weights(again["artifact"]))
    assert (quick_series.folder / "again.settings.yaml").read_text() == config.read_text()


def test_a_finished_fit_leaves_artifact_page_and_settings_alone(quick_series, fit):
    """Beside the data stand the model, its report and its settings, and no folder of the training."""
    fit("model.loom")
    left = {path.name for path in quick_series.folder.iterdir()}
    assert left == {"series.csv", "model.loom", "model.html", "model.settings.yaml"}


@pytest.fixture
def start(quick_series):
    """Starts a long fit in a process of its own."""
    started = []

    def begin(*words):
        line = [sys.executable, "-m", "seqloom", "fit", quick_series.data, *quick_series.words, *LONG, *words]
        environment = os.environ | {"OMP_NUM_THREADS": "1"}
        process = subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment)
        started.append(process)
        return process

    yield begin
    for process in started:
        process.kill()
        process.communicate()


LONG = ("--epochs", "150", "--patience", "0", "--threads", "1")
WAIT = 120


def wait_for(path, process):
    """Wait until a file is there, or the process has ended."""
    end = time.monotonic() + WAIT
    while not path.exists() and process.poll() is None and time.monotonic() < end:
        time.sleep(0.01)


@pytest.mark.slow
def test_a_killed_fit_is_taken_up_where_it_stood(quick_series, start, fit):
    """A fit killed in the middle and resumed ends with the weights of one that ran through."""
    artifact = quick_series.folder / "killed.loom"
    process = start("-o", artifact)
    wait_for(artifact.with_name("killed.loom.training") / "checkpoint.safetensors", process)
    process.kill()
    process.communicate()
    assert not artifact.exists()
    resumed = fit("killed.loom", *LONG, "--resume")
    assert equal(weights(resumed["artifact"]), weights(fit("through.loom", *LONG)["artifact"]))


@pytest.mark.slow
def test_ctrl_c_ends_with_the_best_weights_so_far(quick_series, start):
    """An interrupted fit saves a model, says so, and keeps what is needed to go on."""
    artifact = quick_series.folder / "cut.loom"
    process = start("-o", artifact, "--epochs", "100000")
    wait_for(artifact.with_name("cut.loom.training") / "checkpoint.safetensors", process)
    process.send_signal(signal.SIGINT)
    _, talk = process.communicate(timeout=WAIT)
    assert (process.returncode, artifact.exists()) == (0, True)
    assert "these are the best weights so far; --resume goes on from here" in talk
    assert artifact.with_name("cut.loom.training").is_dir()


def test_libraries_do_not_talk(quick_series):
    """A quiet fit says nothing on stderr, whatever the libraries below have to warn of."""
    line = [sys.executable, "-m", "seqloom", "fit", quick_series.data, *quick_series.words, "--quiet"]
    done = subprocess.run(line, capture_output=True, text=True, cwd=quick_series.folder, check=True)
    assert done.stderr == ""
