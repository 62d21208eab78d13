import gzip
import re

import pytest

from seqloom.cli.main import run

SENTENCE = [("The", "DET"), ("dog", "NOUN"), ("barks", "VERB"), (".", "PUNCT")]


@pytest.fixture
def treebank(tmp_path):
    """A folder with the two files, of sentences whose nouns and verbs are made up."""
    folder = tmp_path / "ud"
    folder.mkdir()
    for part, count in (("train", 40), ("dev", 6)):
        text = ""
        for sentence in range(count):
            for number, (word, tag) in enumerate(SENTENCE, 1):
                form = f"{word}{sentence}s" if tag in ("NOUN", "VERB") else word
                text += f"{number}\t{form}\t_\t{tag}\t_\t_\t_\t_\t_\t_\n"
            text += "\n"
        (folder / f"en_ewt-ud-{part}.conllu.gz").write_bytes(gzip.compress(text.encode()))
    return folder


@pytest.mark.slow
def test_the_recipe_tags_words_nobody_has_met(tmp_path, treebank, capsys):
    """The reloaded model gives each invented word a tag of the treebank."""
    assert run(["recipe", "run", "tags", str(tmp_path / "out"), "--data", str(treebank), "--epochs", "1"]) == 0
    out = capsys.readouterr().out
    found = re.search(r"^The/(\S+) grommicks/(\S+) .* \./(\S+)$", out, re.MULTILINE)
    assert set(found.groups()) <= {"DET", "NOUN", "VERB", "PUNCT"}
    assert (tmp_path / "out" / "tags.html").is_file()


def test_a_missing_file_is_named(tmp_path, capsys):
    """One line says which file is not there and where it comes from."""
    assert run(["recipe", "run", "tags", str(tmp_path / "out"), "--data", str(tmp_path)]) == 2
    assert "en_ewt-ud-train.conllu.gz: expected a file of the English Web Treebank" in capsys.readouterr().err
