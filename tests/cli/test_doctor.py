"""What this machine has."""

import json

from seqloom.cli import doctor
from seqloom.cli.main import run
from seqloom.version import __version__


def test_the_doctor_names_versions_threads_and_speed(capsys, monkeypatch):
    """As JSON, every fact by its name."""
    monkeypatch.setattr(doctor, "training_step", lambda: 0.002)
    assert run(["doctor", "--json"]) == 0
    facts = json.loads(capsys.readouterr().out)
    assert facts["seqloom"] == __version__
    assert {"torch", "threads", "gpu", "vector instructions", "recurrent kernels"} <= set(facts)
    assert facts["lstm training step"].startswith("2.00 ms")


def test_the_speed_is_measured():
    """A training step takes some time, and less than a minute."""
    assert 0 < doctor.training_step(seconds=0.01) < 60


def test_without_json_there_is_one_line_for_each_fact(capsys, monkeypatch):
    """For people."""
    monkeypatch.setattr(doctor, "training_step", lambda: 0.002)
    run(["doctor"])
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split() == ["seqloom", __version__]
