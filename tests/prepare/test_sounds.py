import json

import numpy as np
import pytest

from seqloom.errors import ArtifactError, SchemaError
from seqloom.prepare import Pipeline, PrepareSettings, whole
from seqloom.prepare.settings import SoundSettings
from seqloom.prepare.sounds import FrameStarts, Sounds
from seqloom.read import ReadSettings, from_arrays

SETTINGS = PrepareSettings(mel_bands=6, frame_ms=16, hop_ms=8)


@pytest.fixture(scope="module")
def recordings():
    """Six recordings of noise, three of them louder."""
    rng = np.random.default_rng(1)
    sounds = [rng.normal(0, 0.1 + 0.2 * (n % 2), 300 + 50 * n) for n in range(6)]
    return from_arrays(sounds, [f"c{n % 2}" for n in range(6)], settings=ReadSettings(rate=4000))


@pytest.fixture(scope="module")
def pipeline(recordings):
    """The preparation of these."""
    return Pipeline.fit(recordings, whole(recordings, "train"), SETTINGS, task="classes")


def test_prepared_recordings_are_scaled_frames(recordings, pipeline):
    """A step is a frame, a feature a band, each of mean 0 and deviation 1 in the training part."""
    prepared = pipeline.transform(recordings)
    assert prepared.number_names == tuple(f"mel_{band}" for band in range(6))
    assert prepared.lengths.tolist() == [1 + (300 + 50 * n - 64) // 32 for n in range(6)]
    np.testing.assert_allclose(prepared.numbers.mean(axis=0), 0, atol=1e-5)
    np.testing.assert_allclose(prepared.numbers.std(axis=0), 1, atol=1e-5)


def test_an_artifact_holds_the_front_end(recordings, pipeline):
    """A pipeline restored from its words and arrays gives the same frames."""
    words = json.loads(json.dumps(pipeline.settings()))
    restored = Pipeline.restore(words, pipeline.arrays())
    np.testing.assert_array_equal(restored.transform(recordings).numbers, pipeline.transform(recordings).numbers)
    assert restored.rows_per_step == 32


def test_words_of_another_front_end_are_refused(pipeline):
    """Frames that are not the fitted columns come from a damaged artifact."""
    words = pipeline.settings()
    words["prepare"]["mel_bands"] = 7
    with pytest.raises(ArtifactError, match="the columns of its frames"):
        Pipeline.restore(words, pipeline.arrays())


def test_another_rate_is_refused(recordings, pipeline):
    """Samples at another rate would be heard at another pitch."""
    other = from_arrays([np.zeros(300)], settings=ReadSettings(rate=8000))
    with pytest.raises(SchemaError, match="at 4000 samples per second, came 8000"):
        pipeline.transform(other)


def test_data_without_sound_has_no_front_end(dataset):
    """Only a column of sound is framed."""
    assert Sounds.of(dataset({"y": [1.0, 2.0]}), SETTINGS) is None
    assert Sounds.of(dataset({"y": [1.0, 2.0]}), SoundSettings()) is None


def test_borders_of_parts_move_with_their_recordings(recordings, pipeline):
    """A part that ends with a recording ends with the last of its frames."""
    prepared = pipeline.transform(recordings)
    moved = whole(recordings, "test").moved(prepared.moved)
    assert moved.spans("test")[:, 0].tolist() == prepared.offsets[:-1].tolist()
    assert moved.spans("test")[:, 1].tolist() == prepared.offsets[1:].tolist()


def test_frames_begin_with_their_samples():
    """Within a recording the first frame that begins with or after a sample is told, at most the recording's end."""
    starts = FrameStarts(np.array([0, 100, 130]), np.array([0, 8, 10]), 10)
    assert starts[np.array([0, 1, 10, 95, 100, 101, 129, 130])].tolist() == [0, 1, 1, 8, 8, 9, 10, 10]
