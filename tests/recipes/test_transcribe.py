import numpy as np
import pytest
from scipy.io import wavfile

from seqloom.cli.main import run


@pytest.fixture
def fsdd(tmp_path):
    """A folder like that of the data set: short noises of five speakers, one take for each part."""
    folder, rng = tmp_path / "fsdd" / "recordings", np.random.default_rng(0)
    folder.mkdir(parents=True)
    for digit in range(10):
        for speaker in ("george", "jackson", "nicolas", "theo", "yweweler"):
            for take in (0, 5, 45):
                sound = rng.normal(0, 2000, rng.integers(2000, 2600)).astype(np.int16)
                wavfile.write(folder / f"{digit}_{speaker}_{take}.wav", 8000, sound)
    return folder.parent


def test_the_recipe_writes_numbers_down(tmp_path, fsdd, capsys):
    """Strings of digits are made and heard, each part of takes of its own; a longer one is heard at the end."""
    words = ["recipe", "run", "transcribe", str(tmp_path), "--data", str(fsdd), "--strings", "24", "--epochs", "1"]
    assert run(words) == 0
    out = capsys.readouterr().out
    assert "31 numbers of two to five digits" in out
    assert "most common" in out
    assert len(out.split("said   ")[1].split("\n")[0].split()) == 8
    assert (tmp_path / "numbers.loom").is_file()


def test_missing_recordings_are_one_clear_line(tmp_path, capsys):
    """The line names the first file and the data set."""
    assert run(["recipe", "run", "transcribe", str(tmp_path), "--data", str(tmp_path / "nowhere")]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert "0_george_0.wav: expected a file of the Free Spoken Digit Dataset" in line
