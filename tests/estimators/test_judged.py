"""A model and its judgement."""

from dataclasses import replace

import numpy as np
import pytest

from seqloom.errors import DataError
from seqloom.estimators.judged import judge_dataset, title_of
from seqloom.model import InputSizes, ModelSettings, build
from seqloom.read import read


def test_a_walk_is_judged_beside_the_alternatives_of_its_task(forecast):
    """The model's row comes first."""
    assert list(forecast.judged.judgement.metrics)[:2] == ["model", "naive"]


def test_the_validation_part_is_judged_by_the_same_season(forecast):
    """Scaled errors of both parts have one denominator."""
    assert forecast.validation.season == forecast.judged.judgement.season


def test_a_model_judged_again_on_its_data_needs_no_training_part(forecast, make_series):
    """Alternatives that learn are left out, with the reason."""
    bundle = forecast.bundle
    judged = judge_dataset(bundle.model, bundle.pipeline, read(make_series(), schema=bundle.schema), season=7)
    assert set(judged.judgement.metrics) == {"model", "naive", "seasonal_naive", "drift"}
    assert judged.judgement.skipped["ridge"] == "the training part is not at hand"


def test_with_a_test_set_all_alternatives_learn_from_the_first(forecast, make_series):
    """Ridge is fitted on the data set, and all are judged on the steps that follow."""
    bundle = forecast.bundle
    dataset = read(make_series(80), schema=bundle.schema)
    test = read(make_series(10, start="2024-03-21"), schema=bundle.schema)
    judged = judge_dataset(bundle.model, bundle.pipeline, dataset, test=test, season=7)
    assert "ridge" in judged.judgement.metrics
    assert judged.judgement.examples == 9


def test_data_without_targets_is_not_judged(forecast, make_series):
    """The column that holds the truth is named."""
    bundle = forecast.bundle
    series = {name: values for name, values in make_series().items() if name != "load"}
    with pytest.raises(DataError, match="table, column 'load': expected targets to judge by, came none; add"):
        judge_dataset(bundle.model, bundle.pipeline, read(series, schema=bundle.schema))


def test_sequences_without_labels_are_not_judged(classified):
    """A label that is missing everywhere is none."""
    bundle, dataset = classified.bundle, classified.walked.parts.dataset
    unlabelled = replace(dataset, statics={**dataset.statics, "target": np.full(len(dataset), -1)})
    with pytest.raises(DataError, match="column 'target': expected targets to judge by, came none"):
        judge_dataset(bundle.model, bundle.pipeline, dataset, test=unlabelled)


@pytest.mark.parametrize(("layers", "title"), [(1, "GRU 8"), (2, "GRU 2 x 8")])
def test_a_model_is_called_by_cell_layers_and_width(layers, title):
    """As a sentence would say it."""
    settings = ModelSettings(cell="gru", hidden_size=8, layers=layers)
    assert title_of(build("regress", settings, InputSizes(numbers=1))) == title
