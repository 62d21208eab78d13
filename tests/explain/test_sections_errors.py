"""Sections on errors."""

import numpy as np

from seqloom.explain import ExplainSettings

SETTINGS = ExplainSettings(parts=("errors",), close=4)


def test_mistakes_are_grouped_by_class_and_length(made):
    """And the worst cases are those that surprised most."""
    model, data = made("classify")
    errors = model.explain(*data, settings=SETTINGS).findings.errors
    assert errors.kind == "mistakes"
    assert {one.factor for one in errors.grouped} == {"length", "true class"}
    assert len(errors.errors) == 30
    assert np.isfinite(errors.surprise).all()


def test_forecasts_have_residuals_in_order_and_weekdays(made):
    """One step ahead, with the tests of their order."""
    model, data = made("forecast")
    found = model.explain(*data, settings=SETTINGS)
    (one,) = found.findings.errors.diagnostics
    assert one.ordered
    assert "weekday" in {own.factor for own in found.findings.errors.grouped}
    assert found.report.figure("partial-autocorrelation-load") is not None
    assert found.findings.errors.drifts


def test_steps_have_a_position(made):
    """Tags are judged step by step."""
    model, data = made("tag")
    errors = model.explain(*data, settings=SETTINGS).findings.errors
    assert len(errors.errors) == 24 * 5
    assert "position" in {one.factor for one in errors.grouped}


def test_values_of_sequences_have_no_order(made):
    """Which is said beside the test of it."""
    model, data = made("regress")
    (one,) = model.explain(*data, settings=SETTINGS).findings.errors.diagnostics
    assert not one.ordered
