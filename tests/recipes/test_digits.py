import gzip
import re
import struct

import numpy as np
import pytest

from seqloom.cli.main import run


@pytest.fixture
def mnist(tmp_path):
    """A folder with the four files, of 60 and 20 made-up images: the label is the row that is bright."""
    folder, rng = tmp_path / "mnist", np.random.default_rng(0)
    folder.mkdir()
    for part, count in (("train", 60), ("t10k", 220)):
        labels = np.arange(count, dtype=np.uint8) % 10
        images = rng.integers(0, 40, size=(count, 28, 28), dtype=np.uint8)
        images[np.arange(count), 2 * labels] = 255
        head = struct.pack(">iiii", 2051, count, 28, 28)
        (folder / f"{part}-images-idx3-ubyte.gz").write_bytes(gzip.compress(head + images.tobytes()))
        head = struct.pack(">ii", 2049, count)
        (folder / f"{part}-labels-idx1-ubyte.gz").write_bytes(gzip.compress(head + labels.tobytes()))
    return folder


@pytest.mark.slow
def test_the_recipe_reads_images_row_by_row(tmp_path, mnist, capsys):
    """It is judged on the test file, and says how much is known after some of the rows."""
    assert run(["recipe", "run", "digits", str(tmp_path), "--data", str(mnist), "--epochs", "1"]) == 0
    out = capsys.readouterr().out
    assert "60 images to learn from and choose by, 220 to be judged on" in out
    assert re.findall(r"right after (\d+) rows", out) == ["7", "14", "21", "28"]
    assert (tmp_path / "digits.loom").is_file()


def test_missing_files_are_one_clear_line(tmp_path, capsys):
    """The line names the first file and the data set."""
    assert run(["recipe", "run", "digits", str(tmp_path), "--data", str(tmp_path / "nowhere")]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert "train-images-idx3-ubyte.gz: expected a file of the MNIST database of handwritten digits" in line
