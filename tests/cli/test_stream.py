"""`seqloom stream`: the process itself, on pipes."""

import json
import os
import subprocess
import sys
from io import BytesIO

import pytest

from benchmarks.reliability import accumulator
from benchmarks.reliability.killing import Killing, prepared
from benchmarks.reliability.link import PipeLink
from seqloom.cli.stream import changed_of, waiting
from seqloom.errors import SettingsError

KILLS = 40


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A folder with the accumulator."""
    folder = tmp_path_factory.mktemp("streams")
    prepared(folder)
    return folder


def told(folder, text, *options):
    """What the command answers to these lines, and its exit code."""
    asked = [sys.executable, "-m", "seqloom", "stream", str(folder / "accumulator.loom"), *options]
    found = subprocess.run(asked, input=text, capture_output=True, text=True, timeout=120, check=False)
    return [json.loads(line) for line in found.stdout.splitlines()], found


def test_a_line_in_is_a_line_out(folder):
    """Also where it cannot be used; the exit code tells, and standard error counts."""
    lines = ['{"values": {"x": 2}}', "", "nonsense", '{"stream": "b", "values": {"x": 5}}', '{"values": {"x": 1}}']
    answers, process = told(folder, "\n".join(lines) + "\n")
    assert [answer.get("prediction") for answer in answers] == [
        {"total": 2, "weighted": 2},
        None,
        {"total": 5, "weighted": 5},
        {"total": 3, "weighted": 5},
    ]
    assert answers[1]["line"] == 3
    assert (process.returncode, process.stderr) == (2, "1 of 5 lines could not be used\n")


def test_what_was_answered_is_lost_by_no_kill(folder):
    """Killed at any moment, a process that begins again has every answered reading, once."""
    killing = Killing(lambda: PipeLink(f"sqlite:///{folder}/kept.db"), streams=60, lifetime=(0.0, 0.1))
    findings = killing.run(KILLS)
    assert findings.clean, findings.table()
    assert findings.acknowledged > KILLS
    assert findings.repeated > 0
    for client in killing.clients:
        assert client.acknowledged == len(client.values)


def test_a_loss_would_be_seen(folder):
    """Without a store every kill loses all streams, and the harness says so."""
    findings = Killing(lambda: PipeLink(""), streams=5, lifetime=(0.0, 0.1)).run(2)
    assert findings.lost


@pytest.mark.parametrize(("rule", "changed"), [("refuse", "refuse"), ("reset", "reset"), ("replay:20", 20)])
def test_rules_for_streams_of_another_model(rule, changed):
    """By name, or with a number."""
    assert changed_of(rule) == changed


@pytest.mark.parametrize("rule", ["replay", "replay:x", "keep", "replay:-1"])
def test_other_rules_are_refused(rule):
    """The message lists them."""
    with pytest.raises(SettingsError, match="--on-change: expected refuse, reset or replay:N, came"):
        changed_of(rule)


def test_lines_that_wait_come_together():
    """All of them, in order, in parts of some size."""
    found = list(waiting(BytesIO(b"".join(b"%d\n" % number for number in range(1500)))))
    assert [int(line) for part in found for line in part] == list(range(1500))
    assert max(map(len, found)) <= 512


def test_a_lone_line_does_not_wait_for_others():
    """A pipe that stays open holds nothing back."""
    ours, theirs = os.pipe()
    with os.fdopen(ours, "rb") as source, os.fdopen(theirs, "wb") as sink:
        lines = waiting(source)
        sink.write(b"one\n")
        sink.flush()
        assert next(lines) == [b"one\n"]


def test_sums_are_what_they_should_be():
    """The total, and the total of totals."""
    assert accumulator.sums([3, 1, 7]) == (11.0, 18.0)
