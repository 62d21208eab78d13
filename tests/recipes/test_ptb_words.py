import gzip

import pytest

from seqloom.cli.main import run


@pytest.mark.slow
def test_the_recipe_counts_words_and_ends_of_lines(tmp_path, capsys):
    """The three files are learned from, chosen by and judged on, and words are written."""
    for part, lines in (("train", 120), ("valid", 12), ("test", 15)):
        text = " the <unk> was N\n of the company \n" * (lines // 2) + (" the end\n" if lines % 2 else "")
        (tmp_path / f"ptb.{part}.txt.gz").write_bytes(gzip.compress(text.encode()))
    words = ["recipe", "run", "ptb_words", str(tmp_path), "--data", str(tmp_path), "--epochs", "1"]
    assert run([*words, "--hidden-size", "8"]) == 0
    out = capsys.readouterr().out
    assert "120 lines to learn from, 12 to choose by, 15 to be judged on" in out
    assert "perplexity" in out
    assert (tmp_path / "ptb_words.loom").is_file()


def test_missing_files_are_one_clear_line(tmp_path, capsys):
    """The line names the first file and where it comes from."""
    assert run(["recipe", "run", "ptb_words", str(tmp_path), "--data", str(tmp_path / "nowhere")]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert "ptb.train.txt.gz: expected a file of Mikolov's Penn Treebank" in line
