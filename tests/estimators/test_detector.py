"""The detector of anomalies."""

import numpy as np
import pytest

from seqloom import AnomalyDetector, load
from seqloom.errors import DataError, SettingsError

T = np.arange(600)


def table(*, marks=True, broken=range(540, 560)):
    """Two columns that go together; in the test part the second one stands still for a while."""
    drawn = np.random.default_rng(0)
    a = np.sin(T / 9) + 0.05 * drawn.normal(size=600)
    b = 2 * np.sin(T / 9 + 0.5) + 0.05 * drawn.normal(size=600)
    b[list(broken)] = 4.0
    odd = np.isin(T, list(broken)).astype(float)
    return {"a": a, "b": b} | ({"odd": odd} if marks else {})


def known(given, step):
    """The values of a step, None where one is missing."""
    return {name: None if np.isnan(values[step]) else float(values[step]) for name, values in given.items()}


def detector(**choices):
    """A small one."""
    return AnomalyDetector(epochs=4, settings={"hidden_size": 8, "threads": 1, "ahead": 3, "smoothing": 3, **choices})


@pytest.fixture(scope="module")
def fitted():
    """Fitted on a table with marks."""
    return detector().fit(table(), marks="odd")


def test_all_numbers_are_watched_and_what_breaks_is_found(fitted):
    """The marked steps are the strangest, and the column that stood still is the reason."""
    prediction = fitted.predict(table())
    assert prediction.targets == ("a", "b")
    assert 540 <= int(prediction.scores.argmax()) < 565
    assert prediction.reasons[545] == "b"
    assert len(prediction.scores) == 600


def test_the_judgement_is_about_the_marks(fitted):
    """Metrics of steps and events, beside the charts and the stream's own past."""
    metrics = fitted.fitted_.judged.judgement.metrics
    assert metrics["model"]["events_found"] == 1.0
    assert set(fitted.baselines_) == {"chart", "changes", "past", "gaussian"}


def test_about_as_many_validation_steps_are_alarms_as_was_stated():
    """The threshold is measured there."""
    model = AnomalyDetector(false_alarms=0.05, epochs=1, settings={"hidden_size": 4, "threads": 1})
    fitted = model.fit(table(marks=False))
    places = fitted.fitted_.walked.examples["validation"]
    begin, end = int(places.stop[0] - (places.stop - places.start - places.warm)[0]), int(places.stop[0])
    assert fitted.predict(table(marks=False)).alarms[begin:end].mean() <= 0.06


@pytest.mark.parametrize(
    "choices",
    [
        {},
        {"usual": "stream"},
        {"detector": "reconstruction"},
        {"detector": "density"},
        {"cell": "gru", "missing": "impute"},
    ],
)
def test_a_stream_gives_the_numbers_of_the_batch(tmp_path, choices):
    """Reading by reading, from the saved artifact."""
    given = table()
    if "missing" in choices:
        given["a"][[5, 300]] = np.nan
    model = load(detector(**choices).fit(given, marks="odd").save(tmp_path / "odd.loom"))
    assert isinstance(model, AnomalyDetector)
    expected, stream = model.predict(given), model.stream()
    answers = [stream.step(known(given, t)) for t in range(80)]
    np.testing.assert_allclose([answer["score"] for answer in answers], expected.scores[:80], rtol=1e-4, atol=1e-5)
    assert [answer["alarm"] for answer in answers] == expected.alarms[:80].tolist()


def test_without_marks_anomalies_are_put_in_and_the_report_says_so(tmp_path):
    """Metrics are about those."""
    model = detector().fit(table(marks=False))
    assert "f1" in model.fitted_.judged.judgement.metrics["model"]
    model.report_.save(tmp_path / "odd.html")
    page = (tmp_path / "odd.html").read_text()
    assert "No column tells where anomalies are" in page
    assert "Anomalies that were put in" in page


@pytest.mark.parametrize("method", ["chart", "changes", "past", "gaussian", "neighbours"])
def test_a_simple_method_can_be_the_detector(tmp_path, method):
    """Fitted, saved and loaded like a network."""
    model = AnomalyDetector(method=method).fit(table(), marks="odd")
    again = load(model.save(tmp_path / "simple.loom"))
    np.testing.assert_allclose(again.predict(table()).scores, model.predict(table()).scores, rtol=1e-5)
    answer = again.stream().step({"a": 0.0, "b": 0.0})
    assert set(answer) >= {"score", "alarm", "reason"}


def test_marks_must_be_ones_and_zeros():
    """The message names the row."""
    given = table()
    given["odd"][7] = 2
    with pytest.raises(DataError, match=r"column 'odd', row 8.*expected 0 or 1, came 2"):
        detector().fit(given, marks="odd")


def test_settings_of_other_tasks_are_refused():
    """A horizon is none of a detector's."""
    with pytest.raises(SettingsError, match="horizon"):
        detector(horizon=3).fit(table(), marks="odd")
