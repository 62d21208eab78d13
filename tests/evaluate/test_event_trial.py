import numpy as np
import pytest
from scipy import stats
from sklearn.metrics import f1_score

from seqloom.alternatives import Hints
from seqloom.alternatives.steps.markov import MarkovChain
from seqloom.errors import DataError
from seqloom.evaluate.event_trial import EventTrial, measured_events
from seqloom.evaluate.trial import LOG_LOSS, MISTAKES
from seqloom.prepare import Pipeline, PrepareSettings, next_rows, whole
from seqloom.read import ReadSettings, read
from seqloom.sequence import Category, EventPrediction, EventTruth, Gaps, Number


def prediction(probabilities, **more):
    """Distributions of the next types."""
    probabilities = np.asarray(probabilities, dtype=np.float64)
    count = len(probabilities)
    return EventPrediction("kind", probabilities, ("a", "b", "c"), np.array(["s"] * count), np.arange(count), **more)


THREE = [[0.6, 0.3, 0.1], [0.2, 0.7, 0.1], [0.5, 0.4, 0.1], [0.3, 0.3, 0.4]]


def test_metrics_of_the_type_are_those_of_classes():
    """Accuracy and macro F1 as scikit-learn has them; a type not met in training is left out."""
    truth = EventTruth(np.array([0, 1, 1, -1]))
    measured = measured_events(prediction(THREE), truth)
    assert measured.metrics["accuracy"] == pytest.approx(2 / 3)
    assert measured.metrics["f1"] == pytest.approx(f1_score([0, 1, 1], [0, 1, 0], average="macro"))
    assert measured.errors[MISTAKES][:3].tolist() == [0, 0, 1]
    assert measured.errors[LOG_LOSS][:3] == pytest.approx(-np.log([0.6, 0.7, 0.4]))
    assert np.isnan(measured.errors[MISTAKES][3])


def test_gaps_are_measured_by_likelihood_median_and_interval():
    """A log-normal's are scipy's; an unknown gap is left out."""
    ones = np.ones((4, 1))
    gaps = Gaps(np.zeros(4), ones, np.log(2.0) * ones, ones)
    came = np.array([1.0, 4.0, 1000.0, np.nan])
    measured = measured_events(prediction(THREE, gaps=gaps), EventTruth(np.zeros(4, int), came)).metrics
    assert measured["gap_nll"] == pytest.approx(-stats.lognorm(s=1, scale=2).logpdf(came[:3]).mean())
    assert measured["gap_mae"] == pytest.approx((1 + 2 + 998) / 3)
    assert measured["gap_coverage"] == pytest.approx(2 / 3)


def test_attributes_are_measured_by_their_kind():
    """Numbers by their distance from the mean, categories by their accuracy."""
    attributes = {
        "x": Number(np.zeros(4), np.ones(4)),
        "team": Category(np.tile([0.9, 0.1], (4, 1)), ("home", "away")),
    }
    truth = EventTruth(
        np.zeros(4, int),
        numbers={"x": np.array([1.0, -3.0, np.nan, 0.0])},
        categories={"team": np.array([0, 1, -1, 0])},
    )
    measured = measured_events(prediction(THREE, attributes=attributes), truth).metrics
    assert measured["x_mae"] == pytest.approx(4 / 3)
    assert measured["team_accuracy"] == pytest.approx(2 / 3)


@pytest.fixture(scope="module")
def prepared():
    """A log of three types that come round, its pipeline and all its examples."""
    log = {"kind": ["a", "b", "c"] * 20, "t": np.cumsum(np.tile([1.0, 2.0, 0.0], 20))}
    dataset = read(log, settings=ReadSettings(target="kind", time="t", ties=True, per_step_target=True))
    pipeline = Pipeline.fit(dataset, whole(dataset, "train"), PrepareSettings(), task="events")
    return pipeline, next_rows(pipeline.transform(dataset), whole(dataset, "test"), "test")


def test_an_alternative_is_measured_like_the_model(prepared):
    """A Markov chain knows the cycle, and says when."""
    pipeline, examples = prepared
    chain = MarkovChain.fit(examples, Hints())
    answers = pipeline.targets.prediction(
        {
            "probabilities": np.full((59, 3), 1 / 3),
            "zero": np.full(59, 0.5),
            "weights": np.ones((59, 1)),
            "centers": np.zeros((59, 1)),
            "spreads": np.ones((59, 1)),
        },
        examples,
        0.9,
    )
    trial = EventTrial.of(answers, examples, pipeline)
    measured = trial.alternative(chain.predict(trial.examples))
    assert measured.metrics["accuracy"] == 1.0
    assert measured.metrics["gap_mae"] < 0.3
    assert trial.model().metrics["gap_mae"] > measured.metrics["gap_mae"]
    assert measured.errors[LOG_LOSS].shape == trial.model().errors[LOG_LOSS].shape == (59,)


def test_predictions_of_other_events_are_refused(prepared):
    """There must be one for each asked event."""
    pipeline, examples = prepared
    with pytest.raises(DataError, match="prediction: expected 59 events, came 4"):
        EventTrial.of(prediction(THREE), examples, pipeline)
