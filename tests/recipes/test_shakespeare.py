import pytest

from seqloom.cli.main import run


@pytest.mark.slow
def test_the_recipe_writes_a_play(tmp_path, capsys):
    """It is judged beside n-grams and goes on with the line it is given, once by chance and once by search."""
    (tmp_path / "input.txt").write_text("ROMEO:\nTo be or not to be\n\nJULIET:\nThat is it\n" * 60)
    words = ["recipe", "run", "shakespeare", str(tmp_path), "--data", str(tmp_path), "--epochs", "1"]
    assert run([*words, "--hidden-size", "8", "--characters", "2000"]) == 0
    out = capsys.readouterr().out
    assert "1,800 characters to learn from and choose by, 200 to be judged on" in out
    assert {"model", "frequencies", "kneser"} <= {line.split()[0] for line in out.splitlines() if line.split()}
    assert out.count("ROMEO:\n") >= 2
    assert (tmp_path / "shakespeare.loom").is_file()


def test_a_missing_file_is_one_clear_line(tmp_path, capsys):
    """The line names the file and where it comes from."""
    assert run(["recipe", "run", "shakespeare", str(tmp_path), "--data", str(tmp_path / "nowhere")]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert "input.txt: expected a file of char-rnn's tiny Shakespeare" in line
