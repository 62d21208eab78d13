import pytest

from seqloom.errors import DataError, SchemaError
from seqloom.read.sniff import sniff


@pytest.mark.parametrize(
    ("lines", "delimiter"),
    [
        (["a,b", "1,2"], ","),
        (["a;b", "1,5;2,5"], ";"),
        (["a\tb", "x, y\t2"], "\t"),
        (["a|b", "1|2"], "|"),
        (["1 1 -0.0007  ", "1  2 0.0019  "], " "),
        (['"a, b";c', '"d, e";f'], ";"),
        (["date,load", "2016-07-01 00:00:00,5.8"], ","),
        (["load", "5.8"], ","),
        (["2016-07-01 00:00:00", "2016-07-01 01:00:00"], ","),
    ],
)
def test_the_delimiter_is_found(lines, delimiter):
    """The delimiter is the character that cuts all lines into equally many fields."""
    assert sniff(lines, "a.csv").delimiter == delimiter


@pytest.mark.parametrize(
    "first", ["date,load", "id,t0,t1", "0,1,2,3", ",0,1,2", "id,2016-01-01,2016-01-02,2016-01-03", "load"]
)
def test_a_line_of_names_is_a_header(first):
    """Names, numbers that count the steps and dates that go up make a header."""
    assert sniff([first], "a.csv").header


@pytest.mark.parametrize("first", ["0.78,1.61,0.86", "2016-01-01,5", "a,7", "1,1,-0.5", "3,2,1"])
def test_a_line_of_values_is_no_header(first):
    """A number or a date among the fields means that the file has no header."""
    assert not sniff([first], "a.csv").header


def test_columns_without_a_header_are_numbered():
    """A file without a header gets the names c0, c1, ..."""
    assert sniff(["5,6,7.5"], "a.csv").columns == ("c0", "c1", "c2")


def test_blanks_around_names_are_dropped():
    """Names are read without the blanks around them."""
    assert sniff(["a, b", "1, 2"], "a.csv").columns == ("a", "b")


def test_decimal_commas_are_found():
    """Numbers such as 1,5 are read so where no number has a point."""
    assert sniff(["a;b", "1,5;2"], "a.csv").decimal_comma
    assert not sniff(["a;b", "1.5;2"], "a.csv").decimal_comma


def test_two_columns_of_one_name_are_refused():
    """A header that names two columns alike is refused with the name."""
    with pytest.raises(SchemaError, match="two columns 'a'; rename one"):
        sniff(["a,b,a"], "a.csv")


def test_nothing_to_sniff_is_refused():
    """A file of blank lines is an empty file."""
    with pytest.raises(DataError, match="came an empty file"):
        sniff([], "a.csv")
