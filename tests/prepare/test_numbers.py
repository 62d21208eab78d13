import numpy as np
import pytest

from seqloom.errors import DataError
from seqloom.prepare.numbers import NumberColumns, NumberRules
from seqloom.prepare.table import Table

NAN = float("nan")


def fit(dataset, rules, spans=None, ends=None):
    table = Table.of_steps(dataset, ends)
    spans = np.stack([dataset.offsets[:-1], dataset.offsets[1:]], axis=1) if spans is None else np.array(spans)
    return NumberColumns.fit(table, spans, dataset.schema.columns, rules), table


def transformed(columns, table):
    blocks = list(columns.blocks(table))
    return np.concatenate([scaled for scaled, _ in blocks]), np.concatenate([missing for _, missing in blocks])


def test_only_the_training_rows_are_learned_from(dataset):
    """Center and scale are those of the first two rows."""
    columns, _ = fit(dataset({"y": [1.0, 3, 1000]}), NumberRules(), spans=[[0, 2]])
    assert (columns.scaling.center[0, 0], columns.scaling.scale[0, 0]) == (2, 1)


@pytest.mark.parametrize("value", [np.inf, -np.inf])
@pytest.mark.parametrize("missing", ["reject", "forward-fill", "impute", "keep"])
def test_an_infinite_value_is_refused_whatever_the_policy(dataset, value, missing):
    """Infinity is no missing value."""
    with pytest.raises(DataError, match=r"table.csv, column 'y', row 2: expected a finite number, came -?inf"):
        fit(dataset({"y": [1.0, value, 3]}), NumberRules(missing=missing))


def test_a_missing_value_outside_the_training_part_is_refused_too(dataset):
    """The policy is about the data, not about what is learned from."""
    with pytest.raises(DataError, match="row 3: expected a value, came a missing one"):
        fit(dataset({"y": [1.0, 2, NAN]}), NumberRules(), spans=[[0, 2]])


def test_the_future_of_a_past_column_may_be_missing(dataset):
    """What is known ahead must be given there; nothing else can be."""
    made = dataset({"x": [1.0, 2, NAN]}, target=None)
    columns, _ = fit(dataset({"x": [1.0, 2, 3]}, target=None), NumberRules())
    _, missing = transformed(columns, Table.of_steps(made, np.array([2])))
    assert missing[:, 0].tolist() == [False, False, True]


def test_the_future_of_a_known_column_must_be_given(dataset):
    """A column known ahead has a value in every row."""
    columns, _ = fit(dataset({"x": [1.0, 2, 3]}, target=None, known=["x"]), NumberRules())
    made = dataset({"x": [1.0, 2, NAN]}, target=None, known=["x"])
    with pytest.raises(DataError, match="column 'x', row 3"):
        transformed(columns, Table.of_steps(made, np.array([2])))


def test_a_gap_is_imputed_by_the_training_mean(dataset):
    """Scaled, the mean of the training part is 0."""
    columns, table = fit(dataset({"y": [1.0, NAN, 3]}), NumberRules(missing="impute"))
    scaled, missing = transformed(columns, table)
    assert scaled[:, 0].tolist() == [-1, 0, 1]
    assert missing[:, 0].tolist() == [False, True, False]


def test_a_gap_is_imputed_by_the_mean_of_its_own_group(dataset):
    """Statistics per group include what fills a gap; min-max scaling shows it away from 0."""
    made = dataset({"y": [0.0, NAN, 4, 4, 100, 200]}, lengths=[4, 2])
    columns, table = fit(made, NumberRules("minmax", by_group=True, missing="impute"))
    assert transformed(columns, table)[0][1, 0] == pytest.approx(2 / 3)  # the mean of 0, 4, 4 between 0 and 4


def test_columns_with_gaps_in_training_get_an_indicator(dataset):
    """A gap met only elsewhere gets none: nothing could be learned from it."""
    made = dataset({"a": [1.0, NAN, 2, 3], "b": [1.0, 2, 3, NAN], "y": [1.0, 2, 3, 4]})
    columns, _ = fit(made, NumberRules(missing="impute"), spans=[[0, 3]])
    assert columns.indicators == ("a",)


def test_a_gap_is_filled_forward_and_a_leading_gap_by_the_training_mean(dataset):
    """Each sequence starts anew: the 3 of the first says nothing about the second."""
    made = dataset({"y": [1.0, NAN, 3, NAN, 5, NAN]}, lengths=[3, 3])
    columns, table = fit(made, NumberRules("none", missing="forward-fill"))
    assert transformed(columns, table)[0][:, 0].tolist() == [1, 1, 3, 3, 5, 5]


def test_a_kept_gap_stays(dataset):
    """Targets that are no input stay unlabelled."""
    columns, table = fit(dataset({"y": [1.0, NAN, 3]}), NumberRules("none", missing="keep"))
    np.testing.assert_equal(transformed(columns, table)[0][:, 0], [1, NAN, 3])


@pytest.mark.parametrize("missing", ["forward-fill", "impute"])
def test_rows_that_come_one_at_a_time_are_transformed_as_the_whole(dataset, missing):
    """Transforms are causal, with the state handed on."""
    generator = np.random.default_rng(0)
    values = np.where(generator.random(30) < 0.4, NAN, generator.normal(size=30))
    columns, table = fit(dataset({"y": values}, lengths=[10, 20]), NumberRules(missing=missing))
    statistics, carried, rows = columns.scaling.locate(table.keys), (None,), []
    for chunk in table.chunks(1):
        scaled, _, carried = columns.transform(chunk, statistics, carried)
        rows.append(scaled)
    assert (np.concatenate(rows) == transformed(columns, table)[0]).all()


def test_a_logarithm_is_taken_before_scaling(dataset):
    """Powers of e become equidistant."""
    columns, table = fit(dataset({"y": np.exp([1.0, 2, 3])}), NumberRules("minmax", log=True))
    np.testing.assert_allclose(transformed(columns, table)[0][:, 0], [0, 0.5, 1], atol=1e-7)  # float32


def test_a_number_without_a_logarithm_is_refused(dataset):
    """Zero has none."""
    with pytest.raises(DataError, match=r"row 2: expected a positive number, to take its logarithm, came 0.0"):
        fit(dataset({"y": [1.0, 0, 3]}), NumberRules(log=True))


def test_a_target_that_does_not_vary_is_refused(dataset):
    """There is nothing to learn, and the message says what the value is."""
    with pytest.raises(DataError, match=r"column 'y', row 1: expected a target that varies .*, came 5 throughout"):
        fit(dataset({"y": [5.0, 5, 6]}), NumberRules(vary=True), spans=[[0, 2]])


def test_a_column_without_a_training_value_is_refused(dataset):
    """Nothing could stand in for its gaps."""
    with pytest.raises(DataError, match="column 'y', row 1: expected at least one value in the training part"):
        fit(dataset({"y": [NAN, NAN, 6]}), NumberRules(missing="impute"), spans=[[0, 2]])


def test_a_value_too_far_from_training_for_float32_is_refused(dataset):
    """It would be infinite to the network."""
    columns, _ = fit(dataset({"y": [0.0, 1e-30]}), NumberRules())
    with pytest.raises(DataError, match="row 2: expected a value in the range of the training part, came 1e\\+300"):
        transformed(columns, Table.of_steps(dataset({"y": [0.0, 1e300]})))


@pytest.mark.parametrize("by_group", [False, True])
def test_robust_statistics_are_numpys(dataset, by_group):
    """Median and distance of the quartiles, of the whole and of each group."""
    values = np.random.default_rng(0).normal(size=60)
    columns, _ = fit(dataset({"y": values}, lengths=[20, 40]), NumberRules("robust", by_group=by_group))
    parts = [values, values[:20], values[20:]] if by_group else [values]
    for row, part in enumerate(parts):
        low, middle, high = np.quantile(part, [0.25, 0.5, 0.75])
        assert columns.scaling.center[row, 0] == pytest.approx(middle)
        assert columns.scaling.scale[row, 0] == pytest.approx(high - low)


def test_no_columns_are_no_trouble(dataset):
    """A data set may have nothing but a target."""
    made = dataset({"y": [1.0, 2]})
    table = Table.of_steps(made)
    columns = NumberColumns.fit(table, np.array([[0, 2]]), (), NumberRules("robust"))
    assert transformed(columns, table)[0].shape == (2, 0)
