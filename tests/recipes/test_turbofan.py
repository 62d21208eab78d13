import gzip
import re

import numpy as np
import pytest

from seqloom.cli.main import run


@pytest.fixture
def cmapss(tmp_path):
    """The three files with 20 engines of 40 to 59 cycles and 80 that were cut, each sensor rising before the end."""
    folder, rng = tmp_path / "cmapss", np.random.default_rng(0)
    folder.mkdir()
    left = {"train": [0] * 20, "test": [5 * (unit % 10) for unit in range(80)]}
    for part, lives in left.items():
        rows = []
        for unit, life in enumerate(lives, 1):
            length = 40 + unit % 20
            wear = np.clip(1 - (length + life - np.arange(1, length + 1)) / 40, 0, None)
            sensors = wear[:, None] + rng.normal(0, 0.1, (length, 24))
            for cycle in range(length):
                numbers = " ".join(f"{value:.3f}" for value in sensors[cycle])
                rows.append(f"{unit} {cycle + 1} {numbers}  \n")
        (folder / f"{part}_FD001.txt.gz").write_bytes(gzip.compress("".join(rows).encode()))
    (folder / "RUL_FD001.txt").write_text("".join(f"{life} \n" for life in left["test"]))
    return folder


@pytest.mark.slow
def test_the_recipe_tells_lives_and_warns_of_failures(tmp_path, cmapss, capsys):
    """Both models are judged beside the alternatives, saved, and asked about an engine at work."""
    words = ("--epochs", "2", "--members", "1")
    assert run(["recipe", "run", "turbofan", str(tmp_path), "--data", str(cmapss), *words]) == 0
    out = capsys.readouterr().out
    assert "20 engines that failed, 80 that were cut" in out
    assert re.search(r"the network +last cycle: RMSE +\d+\.\d\d, PHM08 score", out)
    assert re.search(r"half of the engines were warned of at least \d+ cycles before they failed", out)
    assert (tmp_path / "life.loom").is_file()
    assert (tmp_path / "failure.loom").is_file()


def test_missing_files_are_one_clear_line(tmp_path, capsys):
    """The line says what is missing and where it comes from."""
    assert run(["recipe", "run", "turbofan", str(tmp_path), "--data", str(tmp_path / "nowhere")]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert "train_FD001.txt.gz: expected a file of the C-MAPSS turbofan data" in line
