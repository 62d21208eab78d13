"""The whole of a fit."""

import hashlib

import numpy as np
import pytest

from seqloom.artifact import load, save
from seqloom.estimators.fitted import fingerprint, with_page


@pytest.mark.parametrize("kind", ["forecast", "classified", "regressed"])
def test_a_summary_has_exactly_the_documented_keys(kind, request):
    """What `fit --json` prints, whatever the task."""
    summary = request.getfixturevalue(kind).summary(None)
    keys = ["task", "artifact", "metrics", "baselines", "verdict", "epochs", "seconds", "settings"]
    assert list(summary) == keys
    assert list(summary["metrics"]) == ["validation", "test"]


def test_scaled_metrics_are_in_units_of_the_training_part(forecast):
    """A scaled error is the error divided by the deviation of the training part."""
    plain = forecast.summary(None)["metrics"]["test"]["rmse"]
    scaled = forecast.summary(None, scaled=True)["metrics"]["test"]["rmse"]
    deviation = forecast.walked.parts.dataset.steps["load"][:56].std()
    assert scaled == pytest.approx(plain / deviation, rel=1e-3)


def test_a_saved_bundle_answers_as_before(forecast, tmp_path):
    """The artifact's golden examples agree, and so does its report."""
    bundle = load(save(with_page(forecast.bundle), tmp_path / "model"))
    assert bundle.metrics == forecast.bundle.metrics
    assert bundle.report_html.startswith("<!doctype html>")


def test_only_forecasts_are_sketched(forecast, classified):
    """Classes have no line to draw."""
    assert forecast.sketch() is not None
    assert classified.sketch() is None


def test_a_fingerprint_is_the_hash_of_each_column(forecast):
    """Anyone can compute it from the values."""
    dataset = forecast.walked.parts.dataset
    expected = hashlib.sha256(np.ascontiguousarray(dataset.steps["load"]).tobytes()).hexdigest()
    assert fingerprint(dataset)["columns"]["load"] == expected


def test_the_page_is_drawn_when_it_is_needed(forecast):
    """A fit has its report as data; the page is made for saving, and only once."""
    assert forecast.bundle.report_html is None
    drawn = with_page(forecast.bundle)
    assert with_page(drawn) is drawn
