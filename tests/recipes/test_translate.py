import gzip

import numpy as np
import pytest

from seqloom.cli.main import run

WORDS = {"ein": "a", "der": "the", "hund": "dog", "mann": "man", "frau": "woman", "rennt": "runs", "sitzt": "sits"}


@pytest.fixture
def multi30k(tmp_path):
    """A folder with the six files, of made-up sentences."""
    folder, rng = tmp_path / "multi30k", np.random.default_rng(0)
    folder.mkdir()
    for part, count in (("train", 60), ("val", 12), ("test_2016_flickr", 12)):
        texts = [
            [rng.choice(("ein", "der")), rng.choice(("hund", "mann", "frau")), rng.choice(("rennt", "sitzt"))]
            for _ in range(count)
        ]
        english = [[WORDS[word] for word in text] for text in texts]
        for language, lines in (("de", texts), ("en", english)):
            written = "".join(" ".join(words) + ".\n" for words in lines)
            (folder / f"{part}.{language}.gz").write_bytes(gzip.compress(written.encode()))
    return folder


@pytest.mark.slow
def test_the_recipe_translates_captions(tmp_path, multi30k, capsys):
    """It is judged on the test files, and shows what was looked at."""
    assert run(["recipe", "run", "translate", str(tmp_path), "--data", str(multi30k), "--epochs", "1"]) == 0
    out = capsys.readouterr().out
    assert "72 pairs to learn from and choose by" in out
    assert "Test part, 12 examples" in out
    assert "Ein Hund rennt durch den Schnee. ->" in out
    assert (tmp_path / "translate.loom").is_file()


def test_missing_files_are_one_clear_line(tmp_path, capsys):
    """The line names the first file and the data set."""
    assert run(["recipe", "run", "translate", str(tmp_path), "--data", str(tmp_path / "nowhere")]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert "train.de.gz: expected a file of Multi30k" in line
