import numpy as np
import pytest

from seqloom.errors import DataError
from seqloom.read import ReadSettings
from seqloom.read.ts import read_ts

CLASSES = "@problemName A\n@timeStamps false\n@classLabel true good bad\n@data\n"
VALUES = "@targetlabel true\n@data\n"
INFERRED = ReadSettings()


def test_cases_of_different_length_and_several_dimensions_are_read(write):
    """Dimensions are parted by colons, the class stands at the end; comments and blank lines do not count."""
    text = "# about\n%# more\n" + CLASSES + "1,2,3:4,5,6:bad\n\n7:8:good\n"
    found = read_ts(write("a.ts", text), INFERRED)
    assert found.lengths.tolist() == [3, 1]
    assert found.steps["dim_0"].tolist() == [1.0, 2.0, 3.0, 7.0]
    assert found.steps["dim_1"].tolist() == [4.0, 5.0, 6.0, 8.0]
    assert found.categories["class"] == ("good", "bad")
    assert found.statics["class"].tolist() == [1, 0]
    assert found.schema.targets == ("class",)
    assert not found.schema.per_step_target


def test_values_to_predict_are_numbers(write):
    """A file with a target label holds a number per case."""
    found = read_ts(write("a.ts", VALUES + "1,2:0.5\n3,4:-1e2\n"), INFERRED)
    assert found.statics["target"].tolist() == [0.5, -100.0]


def test_question_marks_are_missing(write):
    """Missing values and unknown targets are written as question marks."""
    found = read_ts(write("a.ts", CLASSES + "1,?,NaN:?\n"), INFERRED)
    np.testing.assert_array_equal(found.steps["dim_0"], [1.0, np.nan, np.nan])
    assert found.statics["class"].tolist() == [-1]
    values = read_ts(write("b.ts", VALUES + "1,2:?\n"), INFERRED)
    assert np.isnan(values.statics["target"]).all()


def test_without_a_target_the_values_are_forecast(write):
    """A file without labels holds sequences to forecast."""
    assert read_ts(write("a.ts", "@classLabel false\n@data\n1,2\n"), INFERRED).schema.per_step_target


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (CLASSES + "1,x:good\n", "line 5, dimension 0, step 2: expected a number, came 'x'"),
        (CLASSES + "1,inf:good\n", "line 5, dimension 0, step 2: expected a finite number, came inf"),
        (CLASSES + "1,2:ugly\n", "line 5: expected one of the classes good, bad, came 'ugly'"),
        (CLASSES + "1:2:good\n1:good\n", "line 6: expected 2 dimensions, came 1"),
        (CLASSES + "1,2:3:good\n", "line 5: expected dimensions of one length, came lengths 2, 1"),
        (CLASSES + "good\n", "line 5: expected 1 dimensions, came 0"),
        (CLASSES, "expected cases after @data, came none"),
        ("@classLabel true a b\n", "expected a line @data, came none"),
        ("@classLabel true a b\n1,2:a\n", "line 2: expected a line of the header, came '1,2:a'"),
        ("@timeStamps true\n@data\n(0,1):a\n", "line 1: expected @timeStamps false, came 'true'"),
        (VALUES + "1,2:high\n", "line 3: expected a number to predict, came 'high'"),
    ],
)
def test_lines_that_do_not_fit_are_named(write, text, message):
    """What cannot be read is refused with its line."""
    with pytest.raises(DataError, match=message):
        read_ts(write("a.ts", text), INFERRED)


@pytest.mark.shared
@pytest.mark.parametrize(
    ("name", "cases", "dimensions", "lengths", "classes"),
    [
        ("JapaneseVowels/JapaneseVowels_TRAIN.ts", 270, 12, (7, 26), 9),
        ("ArrowHead/ArrowHead_TEST.ts", 175, 1, (251, 251), 3),
        ("UnitTest/UnitTest_TRAIN.ts", 20, 1, (24, 24), 2),
        ("RacketSports/RacketSports_TRAIN.ts", 151, 6, (30, 30), 4),
    ],
)
def test_archives_are_read(shared_data, name, cases, dimensions, lengths, classes):
    """Problems of the archives have as many cases, dimensions, steps and classes as published."""
    found = read_ts(shared_data / "ucr_uea" / name, INFERRED)
    assert (len(found), len(found.steps), len(found.categories["class"])) == (cases, dimensions, classes)
    assert (found.lengths.min(), found.lengths.max()) == lengths


@pytest.mark.shared
def test_a_regression_problem_is_read(shared_data):
    """A problem of the regression archive has a number per case."""
    found = read_ts(shared_data / "ucr_uea/Covid3Month/Covid3Month_TRAIN.ts", INFERRED)
    assert (len(found), found.schema.column("target").kind) == (140, "number")
