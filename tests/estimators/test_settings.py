"""All settings of one fit."""

import pytest

from seqloom.errors import MissingFileError, SettingsError
from seqloom.estimators.settings import ROOMS, FitSettings, read_yaml


def test_every_setting_has_a_name_of_its_own():
    """Flat settings are possible because no two rooms share a field name."""
    names = [name for model in ROOMS.values() for name in model.model_fields]
    assert sorted(names) == sorted(set(names))


def test_every_setting_describes_itself():
    """The command line prints the description as help, so there must be one."""
    assert [
        name for model in ROOMS.values() for name, field in model.model_fields.items() if not field.description
    ] == []


def test_flat_settings_find_their_rooms():
    """Each name goes to the room that has it."""
    settings = FitSettings.flat({"task": "forecast", "target": "a,b", "horizon": 3, "epochs": 2, "scaling": "robust"})
    assert settings.read.target == ("a", "b")
    assert (settings.task, settings.model.horizon, settings.train.epochs) == ("forecast", 3, 2)
    assert settings.prepare.scaling == "robust"


def test_flattened_settings_read_back_equal():
    """What is written beside a model gives the same settings again."""
    settings = FitSettings.flat({"task": "regress", "target": "a", "hidden_size": 3, "learned_state": True})
    assert FitSettings.flat(settings.flattened()) == settings


def test_an_unknown_name_is_refused_with_the_nearest_known_one():
    """A typing error is answered with a guess."""
    with pytest.raises(SettingsError, match="'horizn'; did you mean 'horizon'"):
        FitSettings.flat({"horizn": 3})


def test_a_value_out_of_range_names_setting_and_value():
    """The room's own rule is the message."""
    with pytest.raises(SettingsError, match=r"settings, epochs: expected a number of at least 1, came 0"):
        FitSettings.flat({"epochs": 0})


def test_a_value_from_the_command_line_is_named_by_its_flag():
    """The place is written as its user wrote it."""
    with pytest.raises(SettingsError, match=r"^--hidden-size: expected"):
        FitSettings.flat({"hidden_size": 0}, source="run.yaml", flags=["hidden_size"])


def test_an_unknown_task_is_refused_with_the_list():
    """The tasks there are stand in the message."""
    with pytest.raises(SettingsError, match="expected forecast or classify or label or regress"):
        FitSettings.flat({"task": "paint"})


def test_classes_are_read_as_labels():
    """A target of numbers becomes a column of labels, one per sequence."""
    reading = FitSettings.flat({"task": "classify", "target": "kind"}).reading
    assert (reading.categories, reading.per_step_target) == (("kind",), False)


def test_a_separator_of_labels_tells_the_task():
    """Cells are then read as labels, one per sequence; a task that was named stands, to be refused where it should."""
    told = FitSettings.flat({"target": "genres", "label_separator": "|"})
    assert (told.task, told.reading.categories, told.reading.per_step_target) == ("label", ("genres",), False)
    assert FitSettings.flat({"task": "classify", "label_separator": "|"}).task == "classify"


def test_columns_of_labels_are_read_as_they_are():
    """Several targets are columns of 0 and 1, which are no names."""
    reading = FitSettings.flat({"task": "label", "target": "a,b"}).reading
    assert (reading.categories, reading.per_step_target) == ((), False)


def test_a_separator_has_a_character():
    """Words stand for those that are hard to write."""
    assert FitSettings.flat({"label_separator": "space"}).prepare.label_separator == " "
    with pytest.raises(SettingsError, match="label_separator: expected at least one character, came ''"):
        FitSettings.flat({"label_separator": ""})


def test_keys_of_a_file_may_be_written_with_hyphens(tmp_path):
    """Flags and keys are spelled alike."""
    path = tmp_path / "run.yaml"
    path.write_text("hidden-size: 8\nepochs: 3\n")
    assert read_yaml(path) == {"hidden_size": 8, "epochs": 3}


@pytest.mark.parametrize(("text", "message"), [("- a", "a mapping"), ("a: [", "expected YAML")])
def test_a_file_that_is_no_mapping_is_refused(tmp_path, text, message):
    """The message says what the file should hold."""
    path = tmp_path / "run.yaml"
    path.write_text(text)
    with pytest.raises(SettingsError, match=message):
        read_yaml(path)


def test_a_missing_file_is_named(tmp_path):
    """The path is in the message."""
    with pytest.raises(MissingFileError, match=r"absent\.yaml"):
        read_yaml(tmp_path / "absent.yaml")


def test_targets_beside_arrays_are_labels_for_classes_only():
    """Numbers beside sequences are labels where classes are learned, and values elsewhere."""
    categories = [
        FitSettings.flat({"task": task}).reading_beside_targets.categories for task in ("classify", "regress")
    ]
    assert categories == [("target",), ()]
