from io import StringIO

import numpy as np
import pytest
import torch

from seqloom.estimators import FitSettings
from seqloom.estimators.plan import plan
from seqloom.estimators.refit import joined
from seqloom.estimators.walk import walk
from seqloom.prepare import Split
from seqloom.read import ReadSettings, from_arrays
from seqloom.train import Log


@pytest.fixture(scope="module")
def sequences():
    generator = np.random.default_rng(0)
    return [generator.normal(place % 2, 0.5, size=(6, 1)) for place in range(24)]


@pytest.fixture(scope="module")
def walked(sequences):
    """Walks with the labels of the sequences, or with labels of one's own."""

    def go(labels=None, progress=None, **settings):
        labels = [place % 2 for place in range(24)] if labels is None else labels
        dataset = from_arrays(sequences, labels, settings=ReadSettings(categories=("target",)))
        small = {"hidden_size": 3, "epochs": 4, "batch_size": 4, "validation_size": 6, "test_size": 4, "refit": False}
        return walk(plan(dataset, FitSettings.flat(small | settings | {"task": "classify"})), progress=progress)

    return go


def weights(model):
    return torch.cat([weight.detach().flatten() for weight in model.parameters()])


def test_the_validation_part_becomes_training():
    """Test rows stay where they are."""
    split = Split(np.array([[0, 6, 8, 10], [10, 10, 14, 14]]))
    assert joined(split).borders.tolist() == [[0, 8, 8, 10], [10, 14, 14, 14]]


def test_the_second_model_has_learned_from_the_validation_part(walked):
    """Its weights are others than those of the first."""
    made = walked(refit=True)
    assert not torch.equal(weights(made.model), weights(made.validated))


def test_the_first_model_is_the_one_without_refit(walked):
    """What is judged on the validation part has not seen it."""
    assert torch.equal(weights(walked(refit=True).validated), weights(walked().model))


def test_without_refit_there_is_one_model(walked):
    """The same object, judged on validation and test."""
    made = walked()
    assert made.model is made.validated


def test_the_threshold_is_the_first_models(walked):
    """It was measured on examples that model had not learned from."""
    made = walked(refit=True, threshold="f1", labels=["rare" if place % 4 == 0 else "often" for place in range(24)])
    assert float(made.model.threshold) == float(made.validated.threshold) != 0.5


def test_the_time_of_both_trainings_is_counted(walked):
    """The history is the first one's, the seconds are more than its epochs took."""
    run = walked(refit=True).run
    assert run.seconds > sum(line["seconds"] for line in run.history)


def test_the_second_training_is_announced(walked):
    """Whoever watches would wonder why the epochs begin anew."""
    stream = StringIO()
    walked(progress=Log(stream), refit=True)
    assert "anew on the training and validation part together" in stream.getvalue()
