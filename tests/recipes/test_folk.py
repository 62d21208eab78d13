import json

from seqloom.cli.main import run


def test_the_recipe_carries_on_from_a_tune(tmp_path, capsys):
    """Two ways on from the same beginning are written, with a picture of both."""
    tunes = [[[60, 64] if step % 4 < 2 else [62] for step in range(36 + piece % 3)] for piece in range(12)]
    (tmp_path / "nottingham-pianoroll.json.gz").write_text(
        json.dumps({"train": tunes[:6], "valid": tunes[6:8], "test": tunes[8:]})
    )
    words = ["--data", str(tmp_path), "--epochs", "1", "--steps", "4"]
    assert run(["recipe", "run", "folk", str(tmp_path / "out"), *words]) == 0
    assert "tune-1.mid and" in capsys.readouterr().out
    names = {path.name for path in (tmp_path / "out").iterdir()}
    assert names == {"tune-1.mid", "tune-1.wav", "tune-2.mid", "tune-2.wav", "tunes.png", "folk.loom", "folk.html"}


def test_missing_files_are_one_clear_line(tmp_path, capsys):
    """The line names the file and the data set."""
    assert run(["recipe", "run", "folk", str(tmp_path / "out"), "--data", str(tmp_path)]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert "nottingham-pianoroll.json.gz: expected a file of the Nottingham tunes as piano rolls, came none" in line
