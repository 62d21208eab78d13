import os

import pytest
from pydantic import ValidationError

from seqloom.read import ReadSettings


def test_names_may_be_one_text_with_commas():
    """A text of names is split at its commas, blanks around them dropped."""
    assert ReadSettings(target="load, price").target == ("load", "price")


def test_every_field_has_a_line_of_help():
    """Each field describes itself in one line, for the command line."""
    assert all(field.description and "\n" not in field.description for field in ReadSettings.model_fields.values())


@pytest.mark.parametrize(("text", "size"), [("2GB", 2 * 1024**3), ("1.5 M", 1_572_864), ("64KiB", 65_536), (10, 10)])
def test_memory_is_a_size_with_a_unit(text, size):
    """A size is a number, alone or with K, M, G or T."""
    assert ReadSettings(memory=text).memory_bytes == size


def test_memory_is_a_third_of_the_machine_by_default():
    """Without a limit a source may take a third of the machine's memory."""
    physical = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    assert ReadSettings().memory_bytes == physical // 3


@pytest.mark.parametrize("text", ["lots", "0", "-2GB", "2XB"])
def test_memory_that_is_no_size_is_refused(text):
    """A text that is no size is refused with an example of one."""
    with pytest.raises(ValidationError, match="expected a size such as 2GB"):
        ReadSettings(memory=text)


def test_a_column_has_one_role():
    """A column named for two roles is refused by name."""
    with pytest.raises(ValidationError, match="column 'load': expected one role, came target and known"):
        ReadSettings(target="load", known="load")


@pytest.mark.parametrize(("name", "character"), [("tab", "\t"), ("space", " "), (";", ";")])
def test_a_delimiter_may_be_called_by_name(name, character):
    """Characters that are hard to type have names."""
    assert ReadSettings(delimiter=name).delimiter == character


def test_a_delimiter_is_one_character():
    """A longer delimiter is refused."""
    with pytest.raises(ValidationError, match="expected one character, came '::'"):
        ReadSettings(delimiter="::")


def test_life_without_a_number_is_capped_where_most_cap_it():
    """A file says `remaining_life: true`; `false` asks for nothing."""
    assert ReadSettings(remaining_life=True).remaining_life == 125
    assert ReadSettings(remaining_life=False).ending is None


@pytest.mark.parametrize(("others", "came"), [({"target": "load"}, "target"), ({"fails_within": 5}, "fails_within")])
def test_a_target_that_is_made_is_the_only_one(others, came):
    """Two targets are one too many."""
    with pytest.raises(ValidationError, match=f"remaining_life: expected no other target, came {came}"):
        ReadSettings(remaining_life=10, **others)


def test_a_target_that_is_made_has_a_value_per_step():
    """It counts them."""
    with pytest.raises(ValidationError, match="fails_within: expected a value per step, came per_step_target false"):
        ReadSettings(fails_within=10, per_step_target=False)


def test_a_life_of_no_step_is_refused():
    """The smallest cap is one step."""
    with pytest.raises(ValidationError, match="greater than or equal to 1"):
        ReadSettings(remaining_life=0)
