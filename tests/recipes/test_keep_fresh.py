"""The whole circle, on real weather in which a sensor is exchanged."""

import re

import pytest

from seqloom.cli.main import run
from seqloom.registry import Registry


@pytest.mark.slow
@pytest.mark.shared
def test_the_circle_closes(tmp_path, shared_data, capsys):
    """Exchanged, alarmed, trained anew, promoted; the error comes down to where it was."""
    words = [str(tmp_path / "out"), "--data", str(shared_data / "classic_series"), "--weeks", "34"]
    assert run(["recipe", "run", "keep_fresh", *words]) == 0
    out = capsys.readouterr().out
    found = {name: float(value) for value, name in re.findall(r"^ *([\d.]+) degrees of error (.*)$", out, re.MULTILINE)}
    assert re.search(r"^week 2[34]: raised, quality: error of warm", out, re.MULTILINE)
    assert "Version 1 stays the champion. The challenger fails: wins on the recent window (undecided" in out
    assert found["after it"] > 1.5 * found["before the exchange"]
    assert found["after the promotion"] < 1.2 * found["before the exchange"]
    assert found["after the promotion"] < 0.7 * found["after the promotion, had the first model stayed"]
    registry = Registry(tmp_path / "out" / "models")
    assert registry.promotions()[-1].why.startswith("the error rose; wins on the recent window: won")
    assert (tmp_path / "out" / "error.png").read_bytes().startswith(b"\x89PNG")


def test_a_missing_file_is_named(tmp_path, capsys):
    """One line says which file is not there and where it comes from."""
    assert run(["recipe", "run", "keep_fresh", str(tmp_path / "out"), "--data", str(tmp_path)]) == 2
    assert "pollution.csv.gz: expected a file of the hourly weather of Beijing" in capsys.readouterr().err
