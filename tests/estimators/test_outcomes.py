"""What was answered beside what happened."""

import numpy as np

from seqloom.estimators.outcomes import (
    class_outcome,
    forecast_outcome,
    forecast_sketch,
    outcome_sections,
    value_outcome,
)


def test_truth_and_history_are_in_the_units_of_the_data(forecast):
    """The steps before and after a window's border are those of the series."""
    judged = forecast.judged
    outcome = forecast_outcome(judged.prediction, judged.examples, forecast.bundle.pipeline)
    series, stop = forecast.walked.parts.dataset.steps["load"], int(judged.examples.stop[0])
    # 1e-6: the prepared series is float32 in scaled units
    np.testing.assert_allclose(outcome.truth[0, :, 0], series[stop : stop + 2], rtol=0, atol=1e-6)
    np.testing.assert_allclose(outcome.history[0, :, 0], series[stop - 6 : stop], rtol=0, atol=1e-6)


def test_the_sketch_shows_the_last_window_of_the_first_sequence(forecast):
    """Forecast, interval and truth of one window."""
    judged = forecast.judged
    outcome = forecast_outcome(judged.prediction, judged.examples, forecast.bundle.pipeline)
    sketch = forecast_sketch(outcome)
    np.testing.assert_array_equal(sketch.forecast, judged.prediction.values[-1, :, 0])
    assert sketch.labels[2] == "2024-03-20"


def test_alternatives_are_drawn_beside_the_model(forecast):
    """The error by steps ahead has a line for each alternative."""
    judged, bundle = forecast.judged, forecast.bundle
    sections = outcome_sections(judged.prediction, judged.examples, bundle.pipeline, judged.alternatives)
    text = "".join(section.model_dump_json() for section in sections)
    assert "ridge" in text


def test_classes_come_with_their_series(classified):
    """A worst case is drawn from its own rows."""
    outcome = class_outcome(classified.judged.prediction, classified.judged.examples, classified.bundle.pipeline)
    lengths = classified.judged.examples.lengths
    assert [len(outcome.series(row)) for row in range(len(lengths))] == lengths.tolist()


def test_values_come_with_their_truth(regressed):
    """The true values are those of the sequences that were asked."""
    outcome = value_outcome(regressed.judged.prediction, regressed.judged.examples, regressed.bundle.pipeline)
    given = regressed.walked.parts.test_dataset.statics["target"][regressed.judged.examples.sequence]
    # 1e-6: prepared targets are float32 in scaled units
    np.testing.assert_allclose(outcome.truth[:, 0], given, rtol=0, atol=1e-6)


def test_texts_come_as_the_model_reads_them(reviewed):
    """In tokens, each sequence its own."""
    judged = reviewed.judged
    outcome = class_outcome(judged.prediction, judged.examples, reviewed.bundle.pipeline)
    dataset, row = reviewed.walked.parts.test_dataset, int(judged.examples.sequence[0])
    written = dataset.categories["review"][dataset.steps["review"][row]]
    assert outcome.text(0) == written.lower().replace("!", " !")


def test_sequences_of_numbers_have_no_text(classified):
    """They are drawn instead."""
    outcome = class_outcome(classified.judged.prediction, classified.judged.examples, classified.bundle.pipeline)
    assert outcome.text is None
