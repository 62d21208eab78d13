import json

import numpy as np
import pytest

from seqloom.errors import ArtifactError
from seqloom.prepare import Pipeline, PrepareSettings, whole
from seqloom.prepare.blueprint import Blueprint, read_blueprint


@pytest.fixture
def fitted(dataset):
    """A pipeline with numbers, categories and two groups."""
    made = dataset(
        {"y": [1.0, 2, 3, 5], "x": [0.0, 1, 2, 3], "k": ["a", "b", "a", "b"]},
        lengths=[2, 2],
        statics={"size": [1.0, 2], "kind": ["u", "v"]},
    )
    return Pipeline.fit(made, whole(made, "train"), PrepareSettings(scale_by="group"), task="values")


def test_a_blueprint_survives_json(fitted):
    """It is made of words, numbers and lists."""
    written = json.loads(json.dumps(fitted.settings()))
    assert read_blueprint(written) == Blueprint.model_validate(fitted.settings())


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        ({"task": "magic"}, "pipeline, task: expected settings written by a pipeline"),
        ({"surprise": 1}, "pipeline, surprise: expected settings written by a pipeline"),
        ({"vocabularies": {}}, "pipeline, vocabularies: expected labels of 'k', came none"),
        (
            {"groups": ["s0"]},
            r"array 'steps.center': expected usable statistics of shape \(2, 1\), came shape \(3, 1\)",
        ),
        ({"task": "classes", "targets": []}, "pipeline, targets: expected one target, came 0"),
        ({"bounds": (2.0, 2.0)}, "pipeline, bounds: expected a finite lower bound and a higher one"),
    ],
)
def test_settings_that_no_pipeline_wrote_are_refused(fitted, damage, message):
    """The message says where the damage is."""
    with pytest.raises(ArtifactError, match=message):
        Pipeline.restore({**fitted.settings(), **damage}, fitted.arrays())


@pytest.mark.parametrize(
    ("name", "array"),
    [
        ("steps.center", np.zeros((1, 1))),
        ("targets.scale", np.zeros((3, 1))),
        ("targets.fill", np.full((3, 1), np.nan)),
    ],
)
def test_arrays_that_cannot_be_statistics_are_refused(fitted, name, array):
    """Of another shape, not positive where it divides, or not finite."""
    with pytest.raises(ArtifactError, match=f"pipeline, array '{name}': expected usable statistics"):
        Pipeline.restore(fitted.settings(), {**fitted.arrays(), name: array})


def test_a_missing_array_is_refused(fitted):
    """The message names it."""
    arrays = {name: array for name, array in fitted.arrays().items() if name != "statics.scale"}
    with pytest.raises(ArtifactError, match=r"array 'statics.scale'"):
        Pipeline.restore(fitted.settings(), arrays)
