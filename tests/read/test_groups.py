import polars as pl
import pytest

from seqloom.read.clock import Clock
from seqloom.read.groups import find_group
from seqloom.read.table import Table

DAYS = ["2024-01-01", "2024-01-02", "2024-01-01", "2024-01-02"]
CLOCK = Clock("day", "%Y-%m-%d")


@pytest.mark.parametrize(
    ("columns", "group"),
    [
        ({"place": ["a", "a", "b", "b"]}, "place"),
        ({"place": ["a", "a", "b", "b"], "colour": ["r", "r", "r", "r"]}, "place"),
        ({"place": ["a", "a", "b", "b"], "shop": ["x", "x", "y", "y"]}, None),
        ({"place": ["a", "a", "a", "a"]}, None),
        ({"place": [1, 1, 2, 2]}, None),
        ({"unique_id": [1, 1, 2, 2]}, "unique_id"),
        ({"series": [1.5, 1.5, 2.5, 2.5]}, None),
        ({"series": ["a", "b", "c", "d"], "place": [1, 1, 2, 2]}, "series"),
    ],
)
def test_the_group_is_the_one_column_that_resolves_repeated_times(columns, group):
    """The group is a column called so, or the only text within which no time stamp repeats."""
    table = Table.of(pl.DataFrame({"day": DAYS, **columns}), "a.csv")
    assert find_group(table, CLOCK, list(columns)) == group


def test_times_that_do_not_repeat_need_no_group():
    """A text column is no group where the time stamps are all different."""
    table = Table.of(pl.DataFrame({"day": ["2024-01-01", "2024-01-02"], "colour": ["r", "g"]}), "a.csv")
    assert find_group(table, CLOCK, ["colour"]) is None


def test_without_a_clock_only_the_name_tells():
    """Without time stamps a column is the group only where it is called so."""
    table = Table.of(pl.DataFrame({"place": ["a", "a"], "group": ["b", "b"]}), "a.csv")
    assert find_group(table, None, ["place"]) is None
    assert find_group(table, None, ["place", "group"]) == "group"


@pytest.mark.parametrize(
    ("labels", "group"),
    [(["a", "a", "a", "b", "b", "b"], "mood"), (["a", "b", "a", "b", "a", "b"], None)],
)
def test_a_single_repeated_time_may_be_an_accident(labels, group):
    """Where few time stamps repeat, labels are a group only if the rows of each lie together."""
    days = ["2024-01-01", "2024-01-02", "2024-01-03", "2024-01-03", "2024-01-05", "2024-01-06"]
    table = Table.of(pl.DataFrame({"day": days, "mood": labels}), "a.csv")
    assert find_group(table, CLOCK, ["mood"]) == group
