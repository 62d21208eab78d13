import numpy as np
import pytest

import seqloom
from seqloom.cli.main import run

HEAD = "Team,Type,Subtype,Period,Start Frame,Start Time [s],End Frame,End Time [s],From,To,Start X,Start Y,End X,End Y"
KINDS = ("PASS", "BALL LOST", "RECOVERY")


@pytest.fixture
def match(tmp_path):
    """A folder with the log of a made-up match: three types of events that come round, 90 in each half."""
    folder, random = tmp_path / "metrica", np.random.default_rng(0)
    folder.mkdir()
    lines = [HEAD]
    for place in range(180):
        kind, team = KINDS[place % 3], "Home" if place % 6 < 3 else "Away"
        x, y = random.uniform(0, 1, 2).round(2) if place % 10 else ("NaN", "NaN")
        second = 1 + place - place % 2  # every other event at the second of the one before
        lines.append(
            f"{team},{kind},{'HEAD' if place % 7 == 0 else ''},{1 + place // 90},{place},{second},{place},{second}"
            f",Player{place % 11},,{x},{y},{x},{y}"
        )
    (folder / "Sample_Game_1_RawEventsData.csv").write_text("\n".join(lines) + "\n")
    return folder


@pytest.mark.slow
def test_the_recipe_tells_what_comes_next(tmp_path, match, capsys):
    """The second half is judged beside Markov chains, and the saved model says what would follow."""
    assert run(["recipe", "run", "next_action", str(tmp_path), "--data", str(match), "--epochs", "2"]) == 0
    out = capsys.readouterr().out
    assert "90 events in the first half, 90 in the second" in out
    assert {"model", "majority", "markov"} <= {line.split()[0] for line in out.splitlines() if line}
    assert "after the last event of the match: " in out
    assert set(seqloom.load(tmp_path / "football.loom").types_) == set(KINDS)


def test_a_missing_log_is_one_clear_line(tmp_path, capsys):
    """The line says where it comes from."""
    assert run(["recipe", "run", "next_action", str(tmp_path), "--data", str(tmp_path / "nowhere")]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert "expected a file of the sample data of Metrica Sports" in line


def test_a_damaged_log_is_one_clear_line(tmp_path, match, capsys):
    """A time that is none is named with its row."""
    path = match / "Sample_Game_1_RawEventsData.csv"
    path.write_text(path.read_text().replace(",5,5,", ",5,half past,"))
    assert run(["recipe", "run", "next_action", str(tmp_path), "--data", str(match)]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert "column 'Start Time [s]', row 6" in line
