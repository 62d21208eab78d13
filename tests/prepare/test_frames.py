import numpy as np
import pytest

from seqloom.errors import ArtifactError, DataError, SchemaError
from seqloom.prepare import Pipeline, PrepareSettings, SplitSettings, split, whole
from seqloom.prepare.frames import before
from seqloom.read import ReadSettings, from_arrays, read

EVERY = ReadSettings(target="*")
IMAGES = [np.array([[0, 255], [200, 90], [10, 128]]), np.array([[255, 0], [0, 0]])]
JSON = '{"test": [[[60]]], "train": [[[60], [62]]], "valid": [[[60]]]}'


def fitted(arrays, **choices):
    dataset = from_arrays(arrays, settings=EVERY)
    return Pipeline.fit(dataset, whole(dataset, "train"), PrepareSettings(**choices), task="frames", history=False)


def test_values_from_halfway_on_are_on():
    """Between 0 and 255 an entry is on from 128 on."""
    prepared = fitted(IMAGES).transform(from_arrays(IMAGES, settings=EVERY))
    assert prepared.targets.tolist() == [[0, 1], [1, 0], [0, 1], [1, 0], [0, 0]]
    assert prepared.per_step_target


def test_the_threshold_can_be_chosen():
    """With a threshold of 201 a value of 200 is off."""
    prepared = fitted(IMAGES, threshold_on=201).transform(from_arrays(IMAGES, settings=EVERY))
    assert prepared.targets[1].tolist() == [0, 0]


def test_the_input_is_the_frame_before():
    """The first step of each sequence sees nothing but that it is the first."""
    prepared = fitted(IMAGES).transform(from_arrays(IMAGES, settings=EVERY))
    assert prepared.number_names == ("x0", "x1", "start")
    assert prepared.numbers.tolist() == [[0, 0, 1], [0, 1, 0], [1, 0, 0], [0, 0, 1], [1, 0, 0]]


def test_shifted_frames_keep_their_offsets():
    """Nothing of one sequence is seen by the next."""
    frames = np.ones((4, 1), dtype=np.float32)
    assert before(frames, np.array([0, 2, 4]))[:, 0].tolist() == [0, 1, 0, 1]


def test_a_restored_pipeline_gives_the_same_frames():
    """Settings and arrays are all there is to it."""
    pipeline = fitted(IMAGES, threshold_on=201)
    restored = Pipeline.restore(pipeline.settings(), pipeline.arrays())
    dataset = from_arrays(IMAGES, settings=EVERY)
    np.testing.assert_array_equal(restored.transform(dataset).targets, pipeline.transform(dataset).targets)
    assert restored.settings() == pipeline.settings()


def test_a_pipeline_without_its_threshold_is_refused():
    """A damaged blueprint is named."""
    pipeline = fitted(IMAGES)
    with pytest.raises(ArtifactError, match="pipeline, threshold"):
        Pipeline.restore({**pipeline.settings(), "threshold": None}, pipeline.arrays())


def test_frames_have_no_units():
    """Scaling back frames is a mistake of the caller."""
    with pytest.raises(SchemaError, match="target 'x0': expected values, came frames"):
        fitted(IMAGES).invert_targets(np.zeros((1, 2)), np.array(["0"]))


@pytest.mark.parametrize(
    ("arrays", "choices", "message"),
    [
        ([np.zeros((3, 2))], {}, "training part: expected frames with entries that are on and others .*, came 0 thr"),
        ([np.array([[0.0, np.nan], [1, 0]])], {}, "column 'x1', row 1: expected a value in every step, came none"),
        (IMAGES, {"threshold_on": 300.0}, "expected a threshold above 0, to 255, came 300"),
    ],
)
def test_unusable_frames_are_refused(arrays, choices, message):
    """One line says where and what."""
    with pytest.raises(DataError, match=message):
        fitted(arrays, **choices)


def test_other_columns_are_refused():
    """A column beside the frames would have to be known when they are generated."""
    dataset = from_arrays(IMAGES, settings=ReadSettings(target="x0"))
    with pytest.raises(SchemaError, match=r"expected no columns but those of the frames, came 'x1'; .* --ignore 'x1'"):
        Pipeline.fit(dataset, whole(dataset, "train"), PrepareSettings(), task="frames", history=False)


def test_a_label_is_no_frame():
    """A target per sequence cannot be generated step by step."""
    dataset = from_arrays(IMAGES, ["a", "b"])
    with pytest.raises(SchemaError, match="expected columns of numbers with a value per step, came 'target'"):
        Pipeline.fit(dataset, whole(dataset, "train"), PrepareSettings(), task="frames", history=False)


def test_given_parts_are_followed(tmp_path):
    """Parts that come with the data are the parts of the split, unless another way to cut is chosen."""
    (tmp_path / "a.json").write_text(JSON)
    dataset = read(tmp_path / "a.json")
    parts = split(dataset, SplitSettings(), by_steps=False, seed=0)
    assert [parts.sequences(part).tolist() for part in ("train", "validation", "test")] == [[1], [2], [0]]
    others = split(dataset, SplitSettings(split="order", test_size=1, validation_size=1), by_steps=False, seed=0)
    assert others.sequences("test").tolist() == [2]
