import gzip
import struct

import numpy as np
import pytest

from seqloom.cli.main import run


@pytest.fixture
def mnist(tmp_path):
    """A folder with two files of made-up images."""
    rng = np.random.default_rng(0)
    for part, count in (("train", 30), ("t10k", 12)):
        images = np.where(rng.random((count, 28, 28)) < 0.2, 255, 0).astype(np.uint8)
        head = struct.pack(">iiii", 2051, count, 28, 28)
        (tmp_path / f"{part}-images-idx3-ubyte.gz").write_bytes(gzip.compress(head + images.tobytes()))
    return tmp_path


def test_the_recipe_draws_and_completes(mnist, capsys):
    """It says what an image costs, draws a hundred, and completes the upper halves of some."""
    words = ["--data", str(mnist), "--epochs", "1"]
    assert run(["recipe", "run", "generated_digits", str(mnist / "out"), *words]) == 0
    out = capsys.readouterr().out
    assert "30 images to learn from and choose by, 12 to be judged on" in out
    assert "nats per image of the test file" in out
    assert np.load(mnist / "out" / "digits.npy").shape == (100, 28, 28)
    assert (mnist / "out" / "completed.png").is_file()


def test_missing_files_are_one_clear_line(tmp_path, capsys):
    """The line names the first file and the data set."""
    assert run(["recipe", "run", "generated_digits", str(tmp_path / "out"), "--data", str(tmp_path)]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert "train-images-idx3-ubyte.gz: expected a file of the MNIST database of handwritten digits" in line
