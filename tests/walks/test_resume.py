"""A fit that is killed or interrupted, at any moment, goes on to the same model."""

import os
import signal
import subprocess
import sys
import time
from types import SimpleNamespace

import numpy as np
import pytest
import torch

from seqloom.artifact import load

EPOCHS = 8
WORDS = ["--target", "load", "--horizon", "3", "--lookback", "24", "--hidden-size", "8", "--batch-size", "32"]
WORDS += ["--epochs", str(EPOCHS), "--patience", "0", "--checkpoint-updates", "3", "--threads", "1"]
ENVIRONMENT = os.environ | {"OMP_NUM_THREADS": "1", "POLARS_MAX_THREADS": "1"}

DRIVER = """
import os, random, signal, sys, time
import torch._dynamo  # which the first optimizer loads: once here, instead of in every fork
import seqloom.cli.fit
from seqloom.cli.main import run

data, whole, killed, *words = sys.argv[1:]
fit = lambda artifact: run(["fit", data, *words, "--quiet", "--resume", "-o", artifact])

def begin(artifact, patch=None):
    "Fit in a process of its own, resuming where the one before was killed; return its id."
    process = os.fork()
    if process:
        return process
    if patch is not None:
        setattr(*patch, lambda *given, **named: os.kill(os.getpid(), signal.SIGKILL))
    os._exit(fit(artifact))

def end(process):
    return os.waitpid(process, 0)[1]
"""
AT_RANDOM = """
began = time.monotonic()
assert end(begin(whole)) == 0
duration, moments, kills = time.monotonic() - began, random.Random(0), 0
for _ in range(4):
    process = begin(killed)
    time.sleep(moments.uniform(0.1, 0.5) * duration)
    os.kill(process, signal.SIGKILL)
    killed_now = end(process) == signal.SIGKILL
    kills += killed_now
    if not killed_now:
        break
assert end(begin(killed)) == 0
print(kills)
"""
BEFORE_THE_SAVING = """
import seqloom.estimators.fitted
assert end(begin(whole)) == 0
for place in ((seqloom.estimators.fitted, "judge_walk"), (seqloom.cli.fit, "finish")):
    assert end(begin(killed, place)) == signal.SIGKILL
    assert not os.path.exists(killed)
assert end(begin(killed)) == 0
"""

needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs processes that can be forked and killed")


@pytest.fixture
def places(tmp_path):
    """A series to learn, and where two fits of it are saved."""
    load_ = 10 + np.sin(np.arange(600) / 4) + np.random.default_rng(0).normal(0, 0.2, 600)
    (tmp_path / "series.csv").write_text("load\n" + "\n".join(f"{value:.4f}" for value in load_) + "\n")
    return SimpleNamespace(data=tmp_path / "series.csv", whole=tmp_path / "whole.loom", other=tmp_path / "other.loom")


def drive(program, places, *words):
    """Run a program that fits to the same series twice, and return what it prints."""
    command = [sys.executable, "-c", DRIVER + program, places.data, places.whole, places.other, *WORDS, *words]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=ENVIRONMENT)
    assert done.returncode == 0, done.stderr
    return done.stdout


def fit(places, artifact, *words):
    """Start a fit in a process of its own."""
    command = [sys.executable, "-m", "seqloom", "fit", places.data, *WORDS, *words, "-o", artifact]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=ENVIRONMENT)


def assert_same_weights(one, other):
    """Both artifacts hold the same model, bit by bit."""
    expected, found = (load(path).model.state_dict() for path in (one, other))
    assert all(torch.equal(found[name], expected[name]) for name in expected)


@pytest.mark.slow
@needs_fork
@pytest.mark.parametrize("words", [(), ("--refit",)], ids=["once", "and anew on all"])
def test_killed_at_random_moments_it_saves_the_same_model(places, words):
    """Killed without warning, again and again, and resumed until done."""
    assert int(drive(AT_RANDOM, places, *words).splitlines()[-1]) >= 2
    assert_same_weights(places.whole, places.other)


@needs_fork
def test_killed_between_training_and_saving_it_still_saves(places):
    """What was trained is judged and saved when the fit is resumed."""
    drive(BEFORE_THE_SAVING, places)
    assert_same_weights(places.whole, places.other)


def interrupted(places, artifact, *words):
    """A fit that gets one Ctrl-C after its second epoch; its exit code and what it said."""
    process = fit(places, artifact, *words)
    history = artifact.with_name(artifact.name + ".training") / "history.jsonl"
    while process.poll() is None and (not history.exists() or history.read_bytes().count(b"\n") < 2):
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate()
    return process.returncode, errors


@pytest.mark.skipif(os.name != "posix", reason="Ctrl-C is sent as a POSIX signal")
def test_one_interruption_ends_the_training_and_saves_the_best_so_far(places):
    """The model is judged and saved as after any training; the exit code says that all is well."""
    code, said = interrupted(places, places.other, "--epochs", "5000")
    assert (code, "interrupted after" in said, "Traceback" in said) == (0, True, False)
    bundle = load(places.other)
    assert 2 <= len(bundle.history) < 5000
    assert bundle.metrics["test"]["mse"] > 0


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="Ctrl-C is sent as a POSIX signal")
def test_an_interrupted_training_goes_on_to_the_same_model(places, command):
    """Interrupted and resumed in another process, or in one go: the weights are the same."""
    words = (*WORDS, "--epochs", "30")
    assert command("fit", places.data, *words, "-o", places.whole).code == 0
    interrupted(places, places.other, "--epochs", "30")
    assert len(load(places.other).history) < 30
    assert command("fit", places.data, *words, "-o", places.other, "--resume").code == 0
    assert_same_weights(places.whole, places.other)
