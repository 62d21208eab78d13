import numpy as np
import pytest
from sklearn.neural_network import MLPClassifier, MLPRegressor
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from seqloom.alternatives import Hints, Skipped
from seqloom.alternatives.fitting.bounded import bounded
from seqloom.alternatives.sequences.features import order_blind
from seqloom.alternatives.sequences.feed_forward import FeedForwardClassifier, FeedForwardRegressor


@pytest.fixture
def spreads(make_sequences):
    """Sequences whose spread alone says what they are: 600 of them, of length 6 to 11."""
    drawn = np.random.default_rng(0)
    spread = drawn.uniform(0.5, 2, 600)
    numbers = [
        s * drawn.permutation(np.linspace(-1, 1, n))[:, None]
        for s, n in zip(spread, 6 + np.arange(600) % 6, strict=True)
    ]
    return lambda targets: make_sequences(*numbers, targets=targets(spread))


def test_a_class_shown_by_the_spread_is_learned(spreads):
    """Sequences of middling spread are told from all others, which no straight line can do."""
    examples = spreads(lambda spread: (np.abs(spread - 1.25) < 0.4).astype(np.int64))
    model = FeedForwardClassifier.fit(examples.take(slice(0, 550)), Hints(classes=2))
    rest = examples.take(slice(550, None))
    assert (model.predict(rest).argmax(axis=1) == rest.truth()).mean() > 0.9


def test_values_shown_by_the_spread_are_learned(spreads):
    """Two values that bend with the spread are predicted far better than by their mean."""
    examples = spreads(lambda spread: np.stack([spread**2, np.abs(spread - 1)], axis=1).astype(np.float32))
    model = FeedForwardRegressor.fit(examples.take(slice(0, 550)), Hints())
    rest = examples.take(slice(550, None))
    assert np.mean((model.predict(rest) - rest.truth()) ** 2) < 0.1 * rest.truth().var()


def test_the_order_of_steps_changes_nothing(make_sequences, spreads):
    """A sequence and its reversal get the same probabilities."""
    model = FeedForwardClassifier.fit(spreads(lambda spread: (spread > 1).astype(np.int64)), Hints(classes=2))
    steps = np.random.default_rng(3).normal(size=(9, 1))
    there, back = model.predict(make_sequences(steps, steps[::-1], targets=np.zeros(2, np.int64)))
    np.testing.assert_allclose(there, back, rtol=1e-9)


def test_one_class_is_skipped(make_sequences):
    """There is nothing to tell apart."""
    examples = make_sequences(*np.zeros((3, 2, 1)), targets=np.array([1, 1, -1]))
    outcome = FeedForwardClassifier.fit(examples, Hints(classes=2))
    assert outcome == Skipped("the training part has fewer than two classes")


def test_one_value_is_skipped(make_sequences):
    """Nothing varies in one value."""
    examples = make_sequences(np.zeros((2, 1)), targets=np.array([[1.0]], np.float32))
    assert FeedForwardRegressor.fit(examples, Hints()) == Skipped("the training part has fewer than two known values")


def test_answers_are_those_of_scikit_learn(make_sequences):
    """Classes and values, to nine digits, from the same seed."""
    drawn, settings = np.random.default_rng(1), {"hidden_layer_sizes": (64,), "alpha": 1e-2, "random_state": 3}
    numbers, hints = 5 + drawn.normal(size=(40, 6, 2)), Hints(classes=3, seed=3)
    of_classes = make_sequences(*numbers, targets=np.arange(40) % 3)
    of_values = make_sequences(*numbers, targets=drawn.normal(size=(40, 1)))
    features = order_blind(of_classes)
    with bounded():
        classifier = make_pipeline(StandardScaler(), MLPClassifier(**settings)).fit(features, of_classes.truth())
        regressor = make_pipeline(StandardScaler(), MLPRegressor(**settings)).fit(features, of_values.truth()[:, 0])
        found = FeedForwardClassifier.fit(of_classes, hints).predict(of_classes)
        values = FeedForwardRegressor.fit(of_values, hints).predict(of_values)
    np.testing.assert_allclose(found, classifier.predict_proba(features), atol=1e-9)
    np.testing.assert_allclose(values[:, 0], regressor.predict(features), atol=1e-9)
