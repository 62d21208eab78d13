import pytest
from pydantic import ValidationError

from seqloom.prepare import PrepareSettings, SplitSettings


@pytest.mark.parametrize("settings", [PrepareSettings, SplitSettings])
def test_every_setting_says_in_one_line_what_it_does(settings):
    """The command line prints the description of each field as its help."""
    for name, field in settings.model_fields.items():
        assert field.description, name
        assert "\n" not in field.description


@pytest.mark.parametrize("settings", [PrepareSettings, SplitSettings])
def test_a_setting_nobody_knows_is_refused(settings):
    """A misspelt key is an error, not a default."""
    with pytest.raises(ValidationError, match="Extra inputs"):
        settings(scalling="standard")


def test_a_negative_share_is_refused():
    """A part cannot have less than nothing."""
    with pytest.raises(ValidationError, match="greater than or equal to 0"):
        SplitSettings(validation_size=-0.1)


def test_settings_return_from_json_as_they_were():
    """Whole numbers stay whole, so that 48 steps do not become a share."""
    settings = SplitSettings(validation_size=48, test_size=0.2, split="time")
    assert SplitSettings.model_validate_json(settings.model_dump_json()) == settings
