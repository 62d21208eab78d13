import numpy as np
import pytest

from seqloom.report.sections import data_section, records_table, scores_section, settings_section, training_section


def test_each_part_has_a_table_of_scores():
    """Test and validation are told apart by their titles."""
    section = scores_section({"test": {"model": {"mae": 1.0}}, "validation": {"model": {"mae": 2.0}}}, model="model")
    assert [table.title for table in section.tables] == ["Metrics on the test part", "Metrics on the validation part"]


def test_facts_columns_and_split_are_tables():
    """The data is summed up in three tables, notes stand above them."""
    section = data_section({"steps": 1234}, columns=[{"column": "x"}], split=[{"part": "train"}], notes=["a gap"])
    assert section.text == ("A gap.",)
    assert [table.title for table in section.tables] == ["", "Columns", "Split"]
    assert section.tables[0].rows == (("steps", "1,234"),)


def test_empty_tables_are_left_out():
    """Without columns or a split only the facts are shown."""
    assert len(data_section({"steps": 1}).tables) == 1


def test_ranges_of_whole_numbers_have_no_decimals():
    """A range from 1 to 366 reads so."""
    section = data_section({}, columns=[{"column": "day", "min": 1.0, "max": 366.0}])
    assert section.tables[1].rows == (("day", 1, 366),)


def test_settings_say_where_they_come_from():
    """Each setting stands with its value and its origin."""
    section = settings_section({"rate": (0.001, "given"), "layers": (None, "default")})
    assert section.tables[0].rows == (("rate", "0.001", "given"), ("layers", "-", "default"))


def test_records_with_different_keys_share_a_table():
    """A record leaves the cells empty that it does not have."""
    assert records_table("t", [{"a": 1}, {"b": 2}]).rows == ((1, None), (None, 2))


def test_the_best_epoch_is_marked():
    """The dashed line stands at the epoch whose weights were kept."""
    (figure,) = training_section([3.0, 2.0], [3.0, 2.5], best_epoch=2).figures
    assert figure.panels[0].marks[0].at == 2.0
    assert "epoch 2, the dashed line" in figure.caption


@pytest.mark.parametrize(("losses", "log"), [([100.0, 1.0], True), ([2.0, 1.0], False), ([100.0, -1.0], False)])
def test_a_loss_that_falls_far_has_a_logarithmic_axis(losses, log):
    """The axis follows the range, and never a loss that can be negative."""
    (figure,) = training_section(losses, losses, best_epoch=1).figures
    assert figure.panels[0].y.log is log
    assert ("logarithmic" in figure.caption) is log


def test_curves_of_different_measures_do_not_share_an_axis():
    """Each has a panel, and the caption warns."""
    (figure,) = training_section([3.0, 2.0], [0.3, 0.2], best_epoch=2, comparable=False).figures
    assert [panel.title for panel in figure.panels] == ["training loss", "validation loss"]
    assert "not their heights" in figure.caption


def test_a_loss_that_was_not_computed_is_a_gap():
    """An epoch without a number does not spoil the axis."""
    (figure,) = training_section([1.0, np.nan], [1.0, 0.5], best_epoch=2).figures
    assert figure.panels[0].marks[1].y == (1.0, None)
