import gzip

import numpy as np
import pytest

from seqloom.cli.main import run

WORDS = {"0": ["dull", "bad", "awful"], "1": ["good", "great", "moving"]}


def line(label, place, rng):
    """A review as the files hold it; one in ten has a tab in its text."""
    words = [*rng.choice(["the", "film", "was", "so", "long"], 6), *rng.choice(WORDS[label], 2)]
    return "\t".join([label, "9" if label == "1" else "2", str(place), ("\t" if place % 10 == 0 else " ").join(words)])


@pytest.fixture
def imdb(tmp_path):
    """A folder with both files, of 80 made-up reviews each, in order of the label."""
    folder, rng = tmp_path / "imdb", np.random.default_rng(0)
    folder.mkdir()
    for part in ("train", "test"):
        lines = [line(label, place, rng) for label in "01" for place in range(40)]
        (folder / f"{part}.tsv.gz").write_bytes(gzip.compress(("\n".join(lines) + "\n").encode()))
    return folder


@pytest.mark.slow
def test_the_recipe_tells_who_liked_a_film(tmp_path, imdb, capsys):
    """It is judged on the test file beside its alternatives, and asked about two sentences."""
    words = ["recipe", "run", "sentiment", str(tmp_path), "--data", str(imdb), "--epochs", "1", "--reviews", "40"]
    assert run(words) == 0
    out = capsys.readouterr().out
    assert "40 reviews to learn from and choose by, 40 to be judged on" in out
    assert {"model", "majority", "tfidf"} <= {line.split()[0] for line in out.splitlines() if line}
    assert out.count("liked with a probability of") == 2
    assert (tmp_path / "sentiment.loom").is_file()


def test_missing_files_are_one_clear_line(tmp_path, capsys):
    """The line names the first file, the data set and what its lines hold."""
    assert run(["recipe", "run", "sentiment", str(tmp_path), "--data", str(tmp_path / "nowhere")]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert "train.tsv.gz: expected a file of the Large Movie Review Dataset" in line


def test_a_damaged_file_is_one_clear_line(tmp_path, imdb, capsys):
    """A download that was cut short."""
    path = imdb / "train.tsv.gz"
    path.write_bytes(path.read_bytes()[:-40])
    assert run(["recipe", "run", "sentiment", str(tmp_path), "--data", str(imdb)]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert "train.tsv.gz: expected a whole gzip file, came a damaged one" in line
