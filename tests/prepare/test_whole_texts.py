from seqloom.prepare.whole_texts import whole_texts
from seqloom.read import ReadSettings, read

SETTINGS = ReadSettings(target=("en",), text=("de", "en"), per_step_target=False)


def test_texts_are_kept_as_they_were_given():
    """Capitals, marks and spaces stay; a missing text is None."""
    table = {"de": ["Ein  Hund.", "Zwei"], "en": ["A  dog.", None], "n": [1.0, 2.0]}
    texts = whole_texts(read(table, settings=SETTINGS))
    assert {name: values.tolist() for name, values in texts.items()} == {
        "de": ["Ein  Hund.", "Zwei"],
        "en": ["A  dog.", None],
    }


def test_a_column_with_several_texts_of_a_sequence_is_left_out():
    """It has no one text for each sequence."""
    table = {"group": ["a", "a", "b"], "de": ["eins und zwei", "drei und vier", "noch ein Text"], "y": [1, 1, 2]}
    settings = ReadSettings(target=("y",), group="group", text=("de",), per_step_target=False)
    assert whole_texts(read(table, settings=settings)) == {}
