import numpy as np
import pytest

from seqloom.cli.main import run

HEAD = "@problemName strokes\n@timeStamps false\n@univariate false\n@dimensions 2\n@equalLength true\n@seriesLength 8\n"
KINDS = ("clear", "smash")


@pytest.fixture
def archive(tmp_path):
    """A folder with both files, of 24 made-up strokes each."""
    folder, random = tmp_path / "RacketSports", np.random.default_rng(0)
    folder.mkdir()
    for part in ("TRAIN", "TEST"):
        lines = []
        for place in range(24):
            channels = random.normal(place % 2, 0.3, (2, 8)).round(3)
            lines.append(":".join(",".join(map(str, channel)) for channel in channels) + f":{KINDS[place % 2]}")
        text = f"{HEAD}@classLabel true {' '.join(KINDS)}\n@data\n" + "\n".join(lines) + "\n"
        (folder / f"RacketSports_{part}.ts").write_text(text)
    return folder


@pytest.mark.slow
def test_the_recipe_says_what_each_stroke_is_taken_for(tmp_path, archive, capsys):
    """One line for each kind of stroke, with how often it came."""
    assert run(["recipe", "run", "strokes", str(tmp_path), "--data", str(archive), "--epochs", "1"]) == 0
    out = capsys.readouterr().out
    assert "24 strokes to learn from and choose by, 24 to be judged on" in out
    assert all(f" 12 times {kind}, taken for: " in out for kind in KINDS)


def test_missing_files_are_one_clear_line(tmp_path, capsys):
    """The line says what is missing and where it comes from."""
    assert run(["recipe", "run", "strokes", str(tmp_path), "--data", str(tmp_path / "nowhere")]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert "expected a file of RacketSports of the UEA archive" in line
