import pytest

from seqloom.errors import SettingsError
from seqloom.train import TrainSettings, choose
from seqloom.train.identity import digest, identify


def identity(model, training, validation, **settings):
    """The identity of a run."""
    return identify(model, training, validation, choose(TrainSettings(**settings), examples=20, steps=9))


def test_the_same_run_is_recognised(small_model, series):
    """Equal settings, model and data pass, whatever the initial weights and the times of checkpoints."""
    saved = identity(small_model(seed=1), series(20), series(5), checkpoint_updates=1)
    identity(small_model(seed=2), series(20), series(5), checkpoint_updates=9).check(saved, "here")


@pytest.mark.parametrize(
    ("model", "examples", "settings", "named"),
    [
        (
            {},
            {},
            {"learning_rate": 0.5},
            r"here: expected the learning_rate of the run to be resumed \(0.002\), came 0.5",
        ),
        ({"dropout": 0.5}, {}, {}, "the model's dropout of the run"),
        ({"hidden_size": 7}, {}, {}, "the model's hidden_size of the run"),
        ({}, {"seed": 1}, {}, "the digest of the training examples"),
        ({}, {"count": 21}, {}, "the number of training examples"),
    ],
)
def test_a_difference_is_named(small_model, series, model, examples, settings, named):
    """Another setting, model or data set is refused, and the message says which and what came."""
    saved = identity(small_model(), series(20), series(5))
    ours = identity(small_model(**model), series(**{"count": 20} | examples), series(5), **settings)
    with pytest.raises(SettingsError, match=named):
        ours.check(saved, "here")


def test_the_digest_sees_a_single_value(series):
    """One changed number in a small data set changes its digest."""
    ours, theirs = series(20), series(20)
    theirs.rows[7][2, 1] += 1e-6
    assert digest(ours) != digest(theirs)
