import json

import numpy as np
import pytest

from seqloom.cli.generate import GENERATORS, own_options
from seqloom.errors import SettingsError


@pytest.fixture(scope="module")
def music(tmp_path_factory, command):
    """A small model of tunes of two notes, fitted on the command line without naming the task."""
    folder = tmp_path_factory.mktemp("music")
    tunes = [[[60, 64] if step % 4 < 2 else [62] for step in range(8 + piece % 3)] for piece in range(24)]
    (folder / "tunes.json").write_text(json.dumps(tunes))
    words = ("--epochs", 2, "--hidden-size", 4, "--head-size", 4, "--threads", 1, "--quiet")
    fitted = command("fit", folder / "tunes.json", *words, "-o", folder / "tunes.loom")
    assert fitted.code == 0, fitted.err
    return folder / "tunes.loom"


@pytest.fixture(scope="module")
def images(tmp_path_factory, command):
    """A small model of images."""
    folder = tmp_path_factory.mktemp("images")
    np.save(folder / "images.npy", (np.random.default_rng(0).random((24, 4, 3)) < 0.5).astype(np.uint8))
    words = ("--task", "images", "--epochs", 1, "--hidden-size", 4, "--head-size", 4, "--threads", 1, "--quiet")
    fitted = command("fit", folder / "images.npy", *words, "-o", folder / "images.loom")
    assert fitted.code == 0, fitted.err
    return folder / "images.loom"


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--width", "3"), "--width: expected a model of images, came one of music; leave it out"),
        (("--length", "0"), "length: expected at least 1, came 0"),
        (("--temperature", "0"), "temperature: expected a number above 0, came 0"),
        (("--seed", "-1"), "--seed: expected at least 0, came -1"),
        (("--tempo", "0"), "--tempo: expected from 5 to 1000 quarters in a minute, came 0"),
        (("--start", "nowhere.mid"), "nowhere.mid: expected a file, came nothing"),
        (("--start-steps", "3"), "--start-steps: expected --start beside it, came none"),
        (("-o", "nowhere/x.mid"), "nowhere: expected a folder to write to, came nothing"),
    ],
)
def test_bad_requests_are_one_line(music, command, monkeypatch, tmp_path, words, message):
    """The line names the option, what was expected and what came; nothing is written."""
    monkeypatch.chdir(tmp_path)
    answer = command("generate", music, *words)
    assert (answer.code, answer.out) == (2, "")
    assert message in answer.err
    assert list(tmp_path.iterdir()) == []


def test_models_of_other_tasks_do_not_generate():
    """A forecast is a prediction."""
    with pytest.raises(SettingsError, match=r"model: expected one that generates: .*, came one of the task forecast"):
        own_options("forecast", {})


def test_options_of_the_task_pass():
    """What belongs to the task is handed on."""
    assert own_options("images", {"width": 3}) == {"width": 3}
    assert set(GENERATORS) >= {"music", "images"}


def test_music_becomes_three_files(music, command, tmp_path):
    """MIDI, sound and picture; the same seed writes the same bytes, another one others."""
    written = {}
    for name, seed in (("a", 1), ("b", 1), ("c", 2)):
        answer = command("generate", music, "--length", 12, "--seed", seed, "-o", tmp_path / f"{name}.mid")
        assert answer.code == 0, answer.err
        assert answer.out.split() == [str(tmp_path / f"{name}{ending}") for ending in (".mid", ".wav", ".png")]
        written[name] = (tmp_path / f"{name}.mid").read_bytes()
    assert written["a"] == written["b"] != written["c"]


def test_a_piece_is_continued(music, command, tmp_path):
    """What was written can be the start of the next, several times over."""
    assert command("generate", music, "--length", 6, "--seed", 1, "-o", tmp_path / "a").code == 0
    words = ("--start", tmp_path / "a.mid", "--start-steps", 4, "--length", 5, "--count", 2, "--temperature", 0.5)
    answer = command("generate", music, *words, "-o", tmp_path / "b")
    assert answer.code == 0, answer.err
    names = {path.name for path in tmp_path.glob("b*")}
    assert names == {f"b-{number}.{ending}" for number in (1, 2) for ending in ("mid", "wav", "png")}


def test_images_become_a_sheet_and_an_array(images, command, tmp_path):
    """The array has the shape of the images."""
    answer = command("generate", images, "--count", 5, "-o", tmp_path / "sheet.png")
    assert answer.code == 0, answer.err
    assert np.load(tmp_path / "sheet.npy").shape == (5, 4, 3)
    assert (tmp_path / "sheet.png").read_bytes().startswith(b"\x89PNG")


def test_an_image_is_completed(images, command, tmp_path):
    """The upper half stays as it was given, the lower is drawn."""
    given = (np.random.default_rng(1).random((1, 4, 3)) < 0.5).astype(np.uint8)
    given[0, 0] = [0, 1, 0]
    np.save(tmp_path / "given.npy", given)
    answer = command("generate", images, "--start", tmp_path / "given.npy", "--count", 3, "-o", tmp_path / "out")
    assert answer.code == 0, answer.err
    drawn = np.load(tmp_path / "out.npy")
    assert drawn.shape == (3, 4, 3)
    np.testing.assert_array_equal(drawn[:, :2], np.tile(given[:, :2], (3, 1, 1)))


def test_images_are_judged_and_predicted_like_any_other_data(images, command):
    """Evaluation and prediction take a file like that of the training."""
    data = images.with_suffix(".npy")
    judged = command("evaluate", images, data, "--json")
    assert json.loads(judged.out)["n"] == 24, judged.err
    predicted = command("predict", images, data)
    assert predicted.out.startswith("sequence,step,probability_x0,probability_x1,probability_x2\n0,1,")
