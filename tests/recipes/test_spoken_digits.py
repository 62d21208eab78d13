import re

import numpy as np
import pytest
from scipy.io import wavfile

from seqloom.cli.main import run


@pytest.fixture
def fsdd(tmp_path):
    """A folder like that of the data set: for each digit a tone of its own, eight takes of one speaker."""
    folder, rng = tmp_path / "fsdd" / "recordings", np.random.default_rng(0)
    folder.mkdir(parents=True)
    for digit in range(10):
        for speaker in ("george",):
            for take in range(8):
                time = np.arange(rng.integers(1600, 2400)) / 8000
                tone = np.sin(2 * np.pi * (300 + 250 * digit) * time) * 8000 + rng.normal(0, 50, len(time))
                wavfile.write(folder / f"{digit}_{speaker}_{take}.wav", 8000, tone.astype(np.int16))
    return folder.parent


@pytest.mark.slow
def test_the_recipe_tells_digits_apart(tmp_path, fsdd, capsys):
    """A table of the files is written, the model judged on takes 0 to 4, and asked again after loading."""
    assert run(["recipe", "run", "spoken_digits", str(tmp_path), "--data", str(fsdd), "--epochs", "2"]) == 0
    out = capsys.readouterr().out
    assert "80 recordings of 1 speakers" in out
    assert "0_george_0.wav says" in out
    assert re.findall(r"% of (\d+) right for (\w+)", out) == [("50", "george")]
    assert (tmp_path / "digits.loom").is_file()


def test_missing_recordings_are_one_clear_line(tmp_path, capsys):
    """The line names the first file and the data set."""
    assert run(["recipe", "run", "spoken_digits", str(tmp_path), "--data", str(tmp_path / "nowhere")]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert "0_george_0.wav: expected a file of the Free Spoken Digit Dataset" in line
