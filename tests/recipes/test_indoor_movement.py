import zipfile

import numpy as np
import pytest

from seqloom.cli.main import run


@pytest.fixture
def walks(tmp_path):
    """An archive of 36 short walks in three environments; who changes rooms comes near to the first anchor."""
    rng, folder = np.random.default_rng(0), tmp_path / "data"
    folder.mkdir()
    with zipfile.ZipFile(folder / "IndoorMovement.zip", "w") as archive:
        for number in range(1, 37):
            signals = rng.normal(0, 0.2, (6 + number % 5, 4))
            signals[:, 0] += np.linspace(0, 1 if number % 2 else -1, len(signals))
            lines = [",".join(f"{value:.3f}" for value in row) for row in signals]
            text = "\n".join(["#RSS_anchor1, RSS_anchor2, RSS_anchor3, RSS_anchor4", *lines])
            archive.writestr(f"dataset/MovementAAL_RSS_{number}.csv", text + "\n")
        classes = [f"{number},{1 if number % 2 else -1}" for number in range(1, 37)]
        places = [f"{number},{1 + number // 2 % 3}" for number in range(1, 37)]
        archive.writestr("dataset/MovementAAL_target.csv", "\n".join(["#sequence_ID, class_label", *classes]) + "\n")
        archive.writestr("groups/MovementAAL_DatasetGroup.csv", "\n".join(["#sequence_ID, dataset_ID", *places]) + "\n")
        archive.writestr("groups/MovementAAL_Paths.csv", "#sequence_ID, path_ID\n1,1\n")
        archive.writestr("README.txt", "walks")
    return folder


@pytest.mark.slow
@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "36 walks, 36 to learn from, choose by and be judged on"),
        (("--environment", "2"), "36 walks, 24 to learn from, choose by and 12 of environment 2 to be judged on"),
    ],
)
def test_the_recipe_says_who_changes_rooms(tmp_path, walks, capsys, words, said):
    """Judged on a third of all walks, or on those of one environment."""
    base = ["recipe", "run", "indoor_movement", str(tmp_path), "--data", str(walks), "--epochs", "1"]
    assert run([*base, *words]) == 0
    out = capsys.readouterr().out
    assert said in out
    assert "; it changes room" in out
    assert (tmp_path / "walks.loom").is_file()


def test_a_missing_archive_is_one_clear_line(tmp_path, capsys):
    """The line says what is missing and where it comes from."""
    assert run(["recipe", "run", "indoor_movement", str(tmp_path), "--data", str(tmp_path / "nowhere")]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert "IndoorMovement.zip: expected a file of the indoor movement data of UCI" in line
