import json
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from seqloom.errors import ArtifactError, DataError, SchemaError
from seqloom.prepare import Pipeline, PrepareSettings, Split, SplitSettings, split, whole, windows
from seqloom.sequence import Column

NAN = float("nan")
ROWS = 60
SETTINGS = st.builds(
    PrepareSettings,
    scaling=st.sampled_from(["standard", "minmax", "robust", "none"]),
    scale_by=st.sampled_from(["all", "group"]),
    encoding=st.sampled_from(["embedding", "one-hot", "integer"]),
    missing=st.sampled_from(["forward-fill", "impute"]),
    unseen=st.just("unknown"),
    target_transform=st.sampled_from(["none", "log"]),
)


def mixed(dataset, *, seed=0, classes=False):
    """Two sequences with gaps, categories, a clock and static columns."""
    generator = np.random.default_rng(seed)
    values = generator.uniform(1, 9, size=(ROWS, 2))
    values[generator.random((ROWS, 2)) < 0.2] = NAN
    times = np.datetime64("2001-01-01", "us") + np.arange(ROWS) * np.timedelta64(6, "h")
    return dataset(
        {"y": values[:, 0], "x": values[:, 1], "k": [f"k{i}" for i in generator.integers(0, 4, size=ROWS)]},
        lengths=[20, 20, 20],
        times=times,
        statics={"size": [1.0, 2, 4], "kind": ["u", "v", "u"]},
        target="kind" if classes else "y",
    )


def cut_in_time(made):
    return split(made, SplitSettings(validation_size=3, test_size=3), by_steps=True, seed=0)


def same(one, other):
    """Whether two pipelines were fitted alike, to the last bit."""
    assert one.settings() == other.settings()
    assert one.arrays().keys() == other.arrays().keys()
    for name, array in one.arrays().items():
        assert array.tobytes() == other.arrays()[name].tobytes(), name


def changed_wildly(made, rows, sequences, classes=()):
    """The data set with other values in these rows and sequences: numbers far off, categories never met."""
    steps, statics = {name: column.copy() for name, column in made.steps.items()}, dict(made.statics)
    categories = {name: ("new", *labels) for name, labels in made.categories.items()}
    for name, column in steps.items():
        np.add(column, name in categories, out=column)
        column[rows] = 0 if name in categories else 1e12
    for name, column in statics.items():
        statics[name] = column + (name in categories)
        statics[name][sequences] = int(name in classes) if name in categories else 1e12
    return replace(made, steps=steps, statics=statics, categories=categories)


@pytest.mark.parametrize("scaling", ["standard", "minmax", "robust"])
@pytest.mark.parametrize("scale_by", ["all", "group"])
def test_nothing_of_later_rows_reaches_what_is_learned(dataset, scaling, scale_by):
    """Validation and test rows changed wildly leave every statistic and vocabulary as it was, bit for bit."""
    made = mixed(dataset)
    parts = cut_in_time(made)
    later = np.concatenate([parts.rows("validation"), parts.rows("test")])
    settings = PrepareSettings(scaling=scaling, scale_by=scale_by, missing="impute", unseen="unknown")
    same(
        Pipeline.fit(made, parts, settings, task="values"),
        Pipeline.fit(changed_wildly(made, later, []), parts, settings, task="values"),
    )


def test_nothing_of_other_sequences_reaches_what_is_learned(dataset):
    """Whole sequences kept for validation and test: steps, static columns and classes."""
    made = mixed(dataset, classes=True)
    parts = Split(np.array([[0, 20, 20, 20], [20, 40, 40, 40], [40, 40, 40, 60]]))
    settings = PrepareSettings(missing="impute", unseen="unknown")
    other = changed_wildly(made, np.arange(40, 60), [2], classes=("kind",))
    same(Pipeline.fit(made, parts, settings, task="classes"), Pipeline.fit(other, parts, settings, task="classes"))


def test_training_batches_are_the_same_whatever_the_later_rows_hold(dataset):
    """From the data set to the batch: not one bit of a later row is seen."""
    made = mixed(dataset)
    parts = cut_in_time(made)
    later = np.concatenate([parts.rows("validation"), parts.rows("test")])
    settings = PrepareSettings(missing="impute", unseen="unknown")
    batches = []
    for data in (made, changed_wildly(made, later, [])):
        prepared = Pipeline.fit(data, parts, settings, task="values").transform(data)
        examples = windows(prepared, parts, "train", lookback=5, horizon=2)
        batches.append(examples.batch(np.arange(len(examples))))
    for one, other in ((b.numbers.values, c.numbers.values) for b, c in [batches]):
        np.testing.assert_array_equal(one.numpy(), other.numpy())
    np.testing.assert_array_equal(batches[0].codes.numpy(), batches[1].codes.numpy())
    np.testing.assert_array_equal(batches[0].target.numpy(), batches[1].target.numpy())


@given(SETTINGS, st.booleans())
def test_a_restored_pipeline_is_the_same(dataset, settings, classes):
    """Through JSON and plain arrays, to the last bit, and it prepares alike."""
    made = mixed(dataset, classes=classes)
    parts = Split(np.array([[0, 20, 20, 20], [20, 40, 40, 40], [40, 40, 40, 60]]))
    fitted = Pipeline.fit(made, parts, settings, task="classes" if classes else "values")
    restored = Pipeline.restore(json.loads(json.dumps(fitted.settings())), fitted.arrays())
    same(fitted, restored)
    assert restored.classes == fitted.classes
    one, other = fitted.transform(made), restored.transform(made)
    for name in ("numbers", "codes", "static_numbers", "static_codes", "targets"):
        np.testing.assert_array_equal(getattr(one, name), getattr(other, name))
    assert one.number_names == other.number_names


@given(SETTINGS)
def test_inverting_prepared_targets_gives_the_data_back(dataset, settings):
    """Up to the rounding of float32, seven digits of a number below ten."""
    made = mixed(dataset)
    pipeline = Pipeline.fit(made, whole(made, "train"), settings, task="values")
    scaled = pipeline.transform(made).targets
    keys = np.repeat(made.keys, 20)
    np.testing.assert_allclose(pipeline.invert_targets(scaled, keys)[:, 0], made.steps["y"], rtol=1e-5)
    np.testing.assert_allclose(pipeline.scale_targets(made.steps["y"][:, None], keys), scaled, atol=1e-5)


def test_classes_have_no_units(dataset):
    """They cannot be scaled or inverted."""
    made = mixed(dataset, classes=True)
    settings = PrepareSettings(missing="impute")
    pipeline = Pipeline.fit(made, whole(made, "train"), settings, task="classes")
    assert pipeline.classes == ("u", "v")
    with pytest.raises(SchemaError, match="target 'kind': expected values, came classes"):
        pipeline.invert_targets(np.zeros((3, 1)), made.keys)


def test_values_per_step_may_be_unlabelled_when_they_are_no_input(dataset):
    """Then NaN is no gap, and every row is read."""
    made = dataset({"y": [1.0, 2, NAN, NAN], "x": [0.0, 1, 2, 3]})
    pipeline = Pipeline.fit(made, whole(made, "train"), PrepareSettings(), task="values", history=False)
    prepared = pipeline.transform(made)
    np.testing.assert_allclose(prepared.targets[:, 0], [-1, 1, NAN, NAN])
    with pytest.raises(DataError, match="column 'x', row 4: expected a value"):
        pipeline.transform(dataset({"y": [1.0, 2, NAN, NAN], "x": [0.0, 1, 2, NAN]}))


def test_a_forecast_refuses_a_gap_in_its_target(dataset):
    """The past of the target is an input; at its end the future begins, but not in training."""
    made = dataset({"y": [1.0, NAN, 3]})
    with pytest.raises(DataError, match="column 'y', row 2: expected a value, came a missing one"):
        Pipeline.fit(made, whole(made, "train"), PrepareSettings(), task="values")
    made = dataset({"y": [1.0, 2, NAN]})
    with pytest.raises(DataError, match="column 'y', row 3: expected a value, came a missing one"):
        Pipeline.fit(made, whole(made, "train"), PrepareSettings(), task="values")


def test_a_forecast_takes_rows_of_the_future(dataset):
    """Their past columns may be missing, what is known ahead may not."""
    made = dataset({"y": [1.0, 2, 3], "x": [0.0, 1, 2], "p": [5.0, 6, 8]}, known=["p"])
    pipeline = Pipeline.fit(made, whole(made, "train"), PrepareSettings(), task="values")
    prepared = pipeline.transform(dataset({"y": [1.0, NAN, NAN], "x": [0.0, NAN, NAN], "p": [5.0, 6, 7]}, known=["p"]))
    assert np.isfinite(prepared.numbers).all()
    with pytest.raises(DataError, match="column 'p', row 3"):
        pipeline.transform(dataset({"y": [1.0, 2, NAN], "x": [0.0, 1, NAN], "p": [5.0, 6, NAN]}, known=["p"]))


@pytest.mark.parametrize(
    ("steps", "came"), [({"y": [1.0, 2]}, "none"), ({"y": [1.0, 2], "x": ["a", "b"]}, "one of kind category")]
)
def test_columns_unlike_those_of_training_are_refused(dataset, steps, came):
    """Missing, or of another kind."""
    made = dataset({"y": [1.0, 2], "x": [0.0, 1]})
    pipeline = Pipeline.fit(made, whole(made, "train"), PrepareSettings(), task="values")
    with pytest.raises(SchemaError, match=f"column 'x': expected a column of kind number per step, came {came}"):
        pipeline.transform(dataset(steps))


def test_an_empty_training_part_is_refused(dataset):
    """There is nothing to fit."""
    made = dataset({"y": [1.0, 2]})
    with pytest.raises(DataError, match="training part: expected some rows, came none"):
        Pipeline.fit(made, whole(made, "test"), PrepareSettings(), task="values")


def test_a_calendar_needs_a_clock(dataset):
    """Asked for without one it is an error, not asked for it is left out."""
    made = dataset({"y": [1.0, 2]})
    with pytest.raises(SchemaError, match="calendar: expected a column of time stamps, came none"):
        Pipeline.fit(made, whole(made, "train"), PrepareSettings(calendar=True), task="values")
    assert Pipeline.fit(made, whole(made, "train"), PrepareSettings(), task="values").periods == ()


def test_a_calendar_may_be_left_out(dataset):
    """Although there is a clock."""
    made = mixed(dataset)
    settings = PrepareSettings(calendar=False, missing="impute")
    assert Pipeline.fit(made, whole(made, "train"), settings, task="values").periods == ()


def test_a_pipeline_with_a_calendar_needs_a_clock_to_transform(dataset):
    """The columns it was fitted with are to be there."""
    made = mixed(dataset)
    pipeline = Pipeline.fit(made, whole(made, "train"), PrepareSettings(missing="impute"), task="values")
    with pytest.raises(SchemaError, match="time: expected time stamps, came none"):
        pipeline.transform(replace(made, times=None))


def test_classes_per_step_are_restored(dataset):
    """A restored pipeline numbers them alike."""
    made = dataset({"x": [1.0, 2, 3, 4], "y": ["b", "a", None, "b"]}, lengths=[3, 1])
    settings = PrepareSettings(missing="impute")
    pipeline = Pipeline.fit(made, whole(made, "train"), settings, task="classes")
    other = Pipeline.restore(json.loads(json.dumps(pipeline.settings())), pipeline.arrays())
    for one in (pipeline, other):
        prepared = one.transform(made)
        assert (one.classes, prepared.per_step_target) == (("a", "b"), True)
        assert prepared.targets.tolist() == [1, 0, -1, 1]


def texts_to_write(dataset):
    """Three sequences of a step, each with a text to be predicted."""
    made = dataset({"x": [1.0, 2, 3]}, lengths=[1, 1, 1], statics={"y": ["ab", "b", "ba"]})
    target = Column(name="y", kind="text", role="target")
    return replace(made, schema=made.schema.model_copy(update={"columns": (made.schema.columns[0], target)}))


def test_symbols_are_restored(dataset):
    """A restored pipeline cuts texts alike, and writes them alike."""
    made = texts_to_write(dataset)
    pipeline = Pipeline.fit(made, whole(made, "train"), PrepareSettings(), task="symbols")
    other = Pipeline.restore(json.loads(json.dumps(pipeline.settings())), pipeline.arrays())
    for one in (pipeline, other):
        prepared = one.transform(made)
        assert prepared.target_offsets.tolist() == [0, 2, 3, 5]
        assert not prepared.per_step_target
        assert one.targets.text(prepared.targets[3:]) == "ba"


def test_symbols_have_no_units(dataset):
    """Only values can be scaled."""
    made = texts_to_write(dataset)
    pipeline = Pipeline.fit(made, whole(made, "train"), PrepareSettings(), task="symbols")
    with pytest.raises(SchemaError, match="expected values, came symbols"):
        pipeline.invert_targets(np.zeros((1, 1)), np.array(["s0"]))


def test_a_damaged_pipeline_of_symbols_is_refused(dataset):
    """Without its tokenizer nothing can be written."""
    made = texts_to_write(dataset)
    pipeline = Pipeline.fit(made, whole(made, "train"), PrepareSettings(), task="symbols")
    for broken, message in ((None, "expected a tokenizer for a target of texts, came none"), ("{}", "a tokenizer")):
        with pytest.raises(ArtifactError, match=message):
            Pipeline.restore({**pipeline.settings(), "symbolizer": broken}, pipeline.arrays())


def texts(dataset, reviews, **more):
    """Texts beside a number, one a sequence, of two classes."""
    count = len(reviews)
    labels = ["good" if place % 2 else "bad" for place in range(count)]
    steps = {"review": reviews, "stars": [float(place) for place in range(count)]}
    return dataset(steps, lengths=[1] * count, statics={"y": labels}, texts=("review",), **more)


def test_texts_become_codes_of_their_tokens(dataset):
    """Those the training part does not have are 0; numbers beside them are scaled by texts, not by tokens."""
    made = texts(dataset, ["a a a a", "b", "c b", "b"])
    parts = split(made, SplitSettings(split="order", validation_size=1, test_size=1), by_steps=False, seed=0)
    pipeline = Pipeline.fit(made, parts, PrepareSettings(min_count=1), task="classes")
    found = pipeline.transform(made)
    assert (found.offsets.tolist(), found.starts.tolist()) == ([0, 4, 5, 7, 8], [0, 4, 5, 7, 8])
    assert (found.text, found.code_names, found.code_sizes) == (0, ("review",), (3,))
    a, b = (1 + pipeline.texts.vocabulary.index(word) for word in "ab")
    assert found.codes[:, 0].tolist() == [a, a, a, a, b, 0, b, b]
    np.testing.assert_allclose(found.numbers[:, 0], [-1, -1, -1, -1, 1, 3, 3, 5])  # mean 0.5, deviation 0.5


def test_a_pipeline_of_texts_survives_json(dataset):
    """Tokenizer and all: it prepares other texts alike."""
    made = texts(dataset, ["one two", "two three four", "Two, one", "five"])
    pipeline = Pipeline.fit(made, whole(made, "train"), PrepareSettings(min_count=1), task="classes")
    back = Pipeline.restore(json.loads(json.dumps(pipeline.settings())), pipeline.arrays())
    other = texts(dataset, ["one five nine", "TWO"])
    np.testing.assert_array_equal(back.transform(other).codes, pipeline.transform(other).codes)
    assert back.settings() == pipeline.settings()


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        ({"tokenizer": None}, "pipeline, tokenizer: expected one for one text column, came 1 text columns"),
        ({"tokenizer": "{}"}, "pipeline, tokenizer: expected a tokenizer, came"),
        ({"steps": []}, "pipeline, tokenizer: expected one for one text column, came 0 text columns"),
    ],
)
def test_a_tokenizer_and_its_column_belong_together(dataset, damage, message):
    """Neither is restored without the other."""
    made = texts(dataset, ["one two", "two"])
    pipeline = Pipeline.fit(made, whole(made, "train"), PrepareSettings(min_count=1), task="classes")
    with pytest.raises(ArtifactError, match=message):
        Pipeline.restore({**pipeline.settings(), **damage}, pipeline.arrays())
