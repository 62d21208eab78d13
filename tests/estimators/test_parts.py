"""Which sequences and steps train, validate and test."""

import numpy as np
import pytest

from seqloom.errors import DataError
from seqloom.estimators.parts import cut, held_out
from seqloom.model import ClassifyModel, ForecastModel, LanguageModel, TagModel
from seqloom.prepare import SplitSettings
from seqloom.read import ReadSettings, from_texts, read


def test_a_series_is_cut_in_time(make_series):
    """Training comes first, then validation, then test."""
    parts = cut(ForecastModel, read(make_series(100)), None, SplitSettings(), seed=0)
    assert parts.split.borders.tolist() == [[0, 70, 85, 100]]
    assert parts.test_dataset is parts.dataset


def test_steps_of_a_test_set_follow_those_of_training(make_series):
    """The test part of a forecast is exactly what was given apart, after the series it continues."""
    first, later = make_series(60), make_series(20, start="2024-03-01")
    dataset = read(first, schema=None)
    parts = cut(ForecastModel, dataset, read(later, schema=dataset.schema), SplitSettings(validation_size=10), seed=0)
    assert parts.split.borders.tolist() == [[0, 50, 60, 80]]
    assert parts.dataset.steps["load"][60:].tolist() == later["load"].tolist()


def test_a_test_set_that_begins_too_early_is_refused(make_series):
    """Steps that are already in the training set would leak."""
    dataset = read(make_series(60))
    with pytest.raises(DataError, match="a test set that begins after the training set ends"):
        cut(ForecastModel, dataset, read(make_series(20), schema=dataset.schema), SplitSettings(), seed=0)


def test_whole_sequences_of_a_test_set_stay_apart(make_labelled):
    """A classifier's test sequences are judged as they are, and none is taken from training."""
    train, test = make_labelled(20), make_labelled(8)
    parts = cut(ClassifyModel, train, test, SplitSettings(), seed=0)
    assert len(parts.split.sequences("test")) == 0
    assert parts.test_split.sequences("test").tolist() == list(range(8))


def test_a_column_that_names_the_parts_is_no_feature():
    """The column is used for the split and left out of the data."""
    table = {"y": np.arange(9.0), "part": ["train"] * 5 + ["validation"] * 2 + ["test"] * 2}
    parts = cut(ForecastModel, read(table), None, SplitSettings(split_column="part"), seed=0)
    assert parts.split.borders.tolist() == [[0, 5, 7, 9]]
    assert parts.dataset.schema.names() == ("y",)


def test_a_group_that_never_straddles_parts_is_no_feature():
    """Patients of the test part were never met: who they are tells nothing."""
    table = {
        "id": np.repeat(np.arange(12), 2),
        "x": np.arange(24.0),
        "patient": np.repeat(list("abcdef"), 4),
        "ill": np.repeat(["yes", "no"] * 6, 2),
    }
    dataset = read(table, settings=ReadSettings(target="ill", group="id"))
    assert "patient" in dataset.statics
    parts = cut(ClassifyModel, dataset, None, SplitSettings(split_group="patient"), seed=0)
    assert set(parts.dataset.schema.names()) == {"x", "ill"}
    assert len(parts.split.sequences("test")) == 2


def test_a_held_out_set_leaves_all_of_the_first_for_training(make_labelled):
    """To judge a finished model, alternatives learn from the first set and all are judged on the second."""
    parts = held_out(ClassifyModel, make_labelled(20), make_labelled(8))
    assert len(parts.split.sequences("train")) == 20
    assert len(parts.test_split.sequences("test")) == 8


def test_short_texts_are_dealt_out_whole_and_long_ones_cut():
    """Where some text has only a few lines whole texts are held out; else each text ends in the other parts."""
    kind, settings = LanguageModel, SplitSettings()
    long, short = "line\n" * 20, "line\n" * 2
    dealt = cut(kind, from_texts([long, short, long, short, long]), None, settings, seed=0)
    held = [dealt.split.sequences(part) for part in ("train", "validation", "test")]
    assert sorted(np.concatenate(held).tolist()) == [0, 1, 2, 3, 4]
    in_time = cut(kind, from_texts([long] * 3), None, settings, seed=0)
    assert all(len(in_time.split.sequences(part)) == 3 for part in ("train", "validation", "test"))


def test_a_single_sequence_of_labels_is_cut_in_time():
    """One long recording has its last steps held out, and a note says so."""
    table = {"x": np.arange(20.0), "state": np.array(["a", "b"])[np.arange(20) % 2]}
    dataset = read(table, settings=ReadSettings(target="state"))
    parts = cut(TagModel, dataset, None, SplitSettings(), seed=0)
    assert parts.split.borders.tolist() == [[0, 14, 17, 20]]
    assert "cut in time" in parts.dataset.notes[-1]
