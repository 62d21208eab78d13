import json

from seqloom.cli.main import run


def test_the_recipe_learns_and_composes(tmp_path, capsys):
    """It follows the parts of the file and writes a piece of the length asked for."""
    tunes = [[[60, 64, 67] if step % 4 < 2 else [59, 62, 67] for step in range(8 + piece % 3)] for piece in range(16)]
    (tmp_path / "jsb-chorales-quarter.json.gz").write_text(
        json.dumps({"train": tunes[:8], "valid": tunes[8:10], "test": tunes[10:]})
    )
    words = ["--data", str(tmp_path), "--epochs", "1", "--steps", "6"]
    assert run(["recipe", "run", "chorales", str(tmp_path / "out"), *words]) == 0
    assert "6 quarters" in capsys.readouterr().out
    names = {path.name for path in (tmp_path / "out").iterdir()}
    assert names == {"piece.mid", "piece.wav", "piece.png", "chorales.loom", "chorales.html"}


def test_missing_files_are_one_clear_line(tmp_path, capsys):
    """The line names the file and the data set."""
    assert run(["recipe", "run", "chorales", str(tmp_path / "out"), "--data", str(tmp_path)]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert "jsb-chorales-quarter.json.gz: expected a file of the chorales in quarter notes, came none" in line


def test_a_damaged_file_is_one_clear_line(tmp_path, capsys):
    """The line says what is wrong with it."""
    (tmp_path / "jsb-chorales-quarter.json.gz").write_bytes(b"\x1f\x8b damaged")
    assert run(["recipe", "run", "chorales", str(tmp_path / "out"), "--data", str(tmp_path)]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert "jsb-chorales-quarter.json.gz: expected a whole gzip file" in line
