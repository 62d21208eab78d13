import json

import numpy as np
import pytest

import seqloom
from seqloom.artifact import Bundle
from seqloom.errors import DataError, SettingsError
from seqloom.estimators import MusicGenerator
from seqloom.read import read

RNG = np.random.default_rng(0)
SMALL = {
    "hidden_size": 8,
    "epochs": 8,
    "settings": {"head_size": 4, "threads": 1, "note_step": "quarter", "learning_rate": 0.02, "dropout": 0.0},
}


def tune(steps):
    """Two notes in turns, each held for two steps."""
    return [[60, 64] if step // 2 % 2 else [62] for step in range(steps)]


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    """A file of tunes in three parts."""
    file = tmp_path_factory.mktemp("music") / "tunes.json"
    parts = {
        part: [tune(int(RNG.integers(6, 14))) for _ in range(count)]
        for part, count in (("train", 30), ("valid", 6), ("test", 12))
    }
    file.write_text(json.dumps(parts))
    return file


@pytest.fixture(scope="module")
def music(path):
    """A model of the tunes."""
    return MusicGenerator(**SMALL).fit(path)


def test_given_parts_train_validate_and_test(music):
    """The parts of the file are the parts of the fit."""
    examples = music.fitted_.walked.examples
    assert {part: len(found) for part, found in examples.items()} == {"train": 30, "validation": 6, "test": 12}


def test_the_model_beats_the_alternatives_on_regular_music(music):
    """What comes next follows from the steps before, which counting does not know."""
    metrics = music.fitted_.judged.judgement.metrics
    assert metrics["model"]["nll"] < metrics["markov"]["nll"] < metrics["marginal"]["nll"]


def test_a_saved_model_generates_the_same(music, tmp_path):
    """After loading, the same seed gives the same piece, of the usual length."""
    loaded = seqloom.load(music.save(tmp_path / "m.loom"))
    assert isinstance(loaded, MusicGenerator)
    one, other = music.generate(count=2, seed=5), loaded.generate(count=2, seed=5)
    np.testing.assert_array_equal(one, other)
    assert one.shape == (2, music.usual_length, 88)


def test_the_score_is_the_likelihood(music, path):
    """It is minus the nats of a frame, over the whole file or a part of it."""
    test = music.fitted_.judged.judgement.metrics["model"]["nll"]
    content = json.loads(path.read_text())["test"]
    alone = path.with_name("test.json")
    alone.write_text(json.dumps(content))
    assert music.score(alone) == pytest.approx(-test, rel=1e-5)  # single precision


def test_predictions_are_probabilities_of_frames(music, path):
    """Each frame of each piece has a probability for each key."""
    frames = music.frames(path)
    prediction = music.predict(path)
    assert prediction.probabilities.shape == (sum(map(len, frames)), 88)


def test_a_start_is_continued(music, path):
    """The frames that follow a start depend on it."""
    start = music.frames(path)[0]
    one, other = (music.generate(3, start=start[:steps], temperature=0.1) for steps in (4, 5))
    assert (one != other).any()
    with pytest.raises(DataError, match="start: expected frames of 88 entries"):
        music.generate(6, start=start[:, :5])


def test_data_is_cut_into_the_steps_of_the_training(music):
    """What was read in quarters is read in quarters again."""
    assert music.reading().note_step == "quarter"


def test_a_model_without_its_usual_length_asks_for_one(music):
    """Artifacts of before have no lengths in their profile."""
    older = MusicGenerator()
    bundle = music.bundle_
    older.bundle_ = Bundle(**{name: getattr(bundle, name) for name in bundle.__dataclass_fields__} | {"profile": {}})
    with pytest.raises(SettingsError, match="length: expected a number of steps"):
        older.generate()


def test_settings_without_a_say_are_refused(path):
    """Frames are not scaled, and have no horizon."""
    data = read(path)
    for name, value in {"scaling": "minmax", "horizon": 3, "loss": "mae", "calendar": True}.items():
        settings = {**SMALL["settings"], name: value}
        with pytest.raises(SettingsError, match=name):
            MusicGenerator(hidden_size=2, epochs=1, settings=settings).fit(data)


def test_images_are_learned_from_an_array(tmp_path):
    """Images of one stroke are drawn with one stroke, mostly, and keep their shape."""
    images = np.zeros((60, 5, 4), dtype=np.uint8)
    images[np.arange(60), :, RNG.integers(0, 4, 60)] = 200
    settings = {"head_size": 4, "threads": 1, "learning_rate": 0.02, "dropout": 0.0}
    model = seqloom.ImageGenerator(hidden_size=12, epochs=25, settings=settings).fit(images)
    drawn = model.generate(count=20, temperature=0.5)
    assert drawn.shape == (20, 5, 4)
    assert (drawn.sum(axis=2) == 1).mean() > 0.7
    judgement = model.fitted_.judged.judgement
    assert judgement.metrics["model"]["nats"] < judgement.metrics["marginal"]["nats"]


def test_an_image_of_another_shape_is_refused(tmp_path):
    """One line names the column that is missing."""
    images = (RNG.random((20, 4, 4)) < 0.5).astype(np.uint8)
    model = seqloom.ImageGenerator(hidden_size=2, epochs=1, settings={"head_size": 2}).fit(images)
    with pytest.raises(ValueError, match="expected a column 'x3', as in the data trained with"):
        model.predict(images[:, :, :3])
