import numpy as np
import pytest

from seqloom.errors import SchemaError
from seqloom.read import ReadSettings, from_arrays, read
from seqloom.read.conform import unknown

DAYS = [f"2024-01-{day:02}" for day in range(1, 5)]
TABLE = {
    "day": DAYS,
    "place": ["a", "a", "b", "b"],
    "load": [1.0, 2.0, 3.0, 5.0],
    "mood": ["good", "bad", "good", "bad"],
    "note": ["p", "q", "r", "s"],
}
SETTINGS = ReadSettings(target="load", group="place", time="day")


@pytest.fixture
def schema():
    """The schema of the data trained with."""
    return read(TABLE, settings=SETTINGS).schema


def without(*names):
    """The table without some columns."""
    return {name: cells for name, cells in TABLE.items() if name not in names}


def test_the_same_columns_fit(schema):
    """Data like those trained with fit, in any order of columns, and keep the schema."""
    found = read(dict(reversed(TABLE.items())), schema=schema)
    assert found.schema == schema
    assert found.steps["load"].tolist() == TABLE["load"]


def test_the_target_may_be_absent(schema):
    """A target that is to be predicted need not be there; it is unknown."""
    found = read(without("load"), schema=schema)
    assert np.isnan(found.steps["load"]).all()
    assert len(found.steps["load"]) == 4


def test_a_label_may_be_absent():
    """A label per sequence that is to be predicted need not be there."""
    table = {"place": ["a", "a", "b", "b"], "x": [1.0, 2.0, 3.0, 4.0], "label": ["u", "u", "v", "v"]}
    schema = read(table, settings=ReadSettings(target="label", group="place")).schema
    found = read({"place": ["c", "c"], "x": [1.0, 2.0]}, schema=schema)
    assert found.statics["label"].tolist() == [-1]
    assert found.categories["label"] == ()


def test_ignored_columns_may_be_absent_or_there(schema):
    """Columns not used in training are not asked for."""
    assert read(without("note"), schema=schema).schema == schema


@pytest.mark.parametrize("name", ["mood", "day", "place"])
def test_other_columns_must_be_there(schema, name):
    """A missing column is named."""
    with pytest.raises(SchemaError, match=f"expected column '{name}', as in the data trained with, came columns"):
        read(without(name), schema=schema)


def test_an_extra_column_is_refused(schema):
    """A column the model does not know is refused, with the way to leave it out."""
    with pytest.raises(SchemaError, match="came also 'wind'; remove it, or pass --ignore 'wind'"):
        read({**TABLE, "wind": [1, 2, 3, 4]}, schema=schema)


def test_an_extra_column_may_be_ignored(schema):
    """A column named to be ignored may be there."""
    found = read({**TABLE, "wind": [1, 2, 3, 4]}, schema=schema, settings=ReadSettings(ignore="wind"))
    assert found.schema == schema


def test_labels_are_the_data_set_s_own(schema):
    """Codes count the labels of this data, whatever those trained with."""
    found = read({**TABLE, "mood": ["new", "new", "bad", "bad"]}, schema=schema)
    assert found.categories["mood"] == ("bad", "new")


def test_another_step_is_noted(schema):
    """Data by the month for a model trained by the day are read, and noted."""
    found = read({**TABLE, "day": ["2024-01-01", "2024-02-01", "2024-01-01", "2024-02-01"]}, schema=schema)
    assert "steps of 'day' are 1 month, in the data trained with 1 day" in found.notes


def test_time_stamps_that_are_none_are_refused(schema):
    """The time column must hold time stamps here, too."""
    with pytest.raises(SchemaError, match="column 'day': expected time stamps, came 'x'"):
        read({**TABLE, "day": ["x"] * 4}, schema=schema)


def test_a_wide_table_may_have_more_steps():
    """The steps of a wide table may be more or fewer than those trained with."""
    wide = {"label": ["u", "v"], **{f"t{step}": [0.5, 1.5] for step in range(9)}}
    schema = read(wide, settings=ReadSettings(target="label")).schema
    found = read({f"t{step}": [0.5] for step in range(12)}, schema=schema)
    assert found.lengths.tolist() == [12]
    assert found.statics["label"].tolist() == [-1]


def test_arrays_must_have_the_features():
    """Arrays with other features than those trained with are refused."""
    schema = from_arrays([np.zeros((3, 2))], ["a"]).schema
    with pytest.raises(SchemaError, match="expected column 'x1', as in the data trained with"):
        from_arrays([np.zeros((3, 1))], schema=schema)
    with pytest.raises(SchemaError, match="came also 'x2'"):
        from_arrays([np.zeros((3, 3))], schema=schema)


def test_arrays_without_targets_fit():
    """Arrays to be predicted for need no targets."""
    schema = from_arrays([np.zeros((3, 2))], ["a"]).schema
    found = from_arrays([np.ones((4, 2))], schema=schema)
    assert found.statics["target"].tolist() == [-1]
    assert found.schema == schema


def test_absent_labels_are_still_labels():
    """A column of labels that is not there has an empty list of them, so that nobody takes it for numbers."""
    schema = from_arrays([np.zeros((3, 2))], ["a"]).schema
    assert from_arrays([np.ones((4, 2))], schema=schema).categories["target"] == ()


def test_number_targets_become_labels_where_they_were():
    """Targets trained with as labels are read as labels again."""
    schema = from_arrays([np.zeros(3)], [5], settings=ReadSettings(categories="target")).schema
    assert from_arrays([np.zeros(3)], [5], schema=schema).categories["target"] == ("5",)


def test_a_target_of_another_kind_is_refused():
    """Labels where numbers were trained with are refused."""
    schema = from_arrays([np.zeros(3)], [5.0]).schema
    with pytest.raises(
        SchemaError, match="column 'target': expected a number of 1 values, came a category of 1 values"
    ):
        from_arrays([np.zeros(3)], ["five"], schema=schema)


def test_arrays_have_no_clock(schema):
    """A model trained with time stamps refuses arrays, which have none."""
    with pytest.raises(SchemaError, match="expected time stamps, as in 'day', came none"):
        from_arrays([np.zeros(3)], schema=schema)


@pytest.mark.parametrize(("kind", "bytes_"), [("number", 4), ("category", 4)])
def test_unknown_columns_take_no_memory(kind, bytes_):
    """A column of unknown values of any length occupies one."""
    column = unknown(kind, 1_000_000)
    assert column.strides == (0,)
    assert column.itemsize == bytes_
