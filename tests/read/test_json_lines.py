import gzip

import pytest

from seqloom.errors import DataError
from seqloom.read import ReadSettings
from seqloom.read.json_lines import open_json_lines


def column(path, name, **settings):
    """One column of a file, as a list."""
    table = open_json_lines(path, ReadSettings(**settings))
    return [value for slab in table.slabs() for value in slab.get_column(name).to_list()]


def test_objects_become_rows(write):
    """Each line is a row, packed or not; keys are columns."""
    path = write("a.jsonl.gz", gzip.compress(b'{"a": 1, "b": [1, 2]}\n{"a": null, "b": [0.5]}\n'))
    assert column(path, "a") == [1, None]
    assert column(path, "b") == [[1.0, 2.0], [0.5]]


def test_types_that_change_late_are_taken_up(write):
    """A column that looks whole for ten thousand lines may still turn out decimal."""
    path = write("a.jsonl", '{"a": 1}\n' * 10_050 + '{"a": 1.5}\n')
    assert column(path, "a")[-1] == 1.5


def test_a_line_that_is_no_json_is_named(write):
    """A broken line is named by its number."""
    with pytest.raises(DataError, match=r"a\.jsonl, line 2: expected a JSON object, came Expecting value"):
        open_json_lines(write("a.jsonl", '{"a": 1}\n{"a":\n'), ReadSettings())


def test_a_line_that_is_no_object_is_named(write):
    """A line that holds a list instead of an object is named by its number."""
    with pytest.raises(DataError, match=r"line 2: expected a JSON object, came list"):
        open_json_lines(write("a.jsonl", '{"a": 1}\n[1, 2]\n'), ReadSettings())


def test_a_large_file_comes_in_slabs(write):
    """Above the memory limit the same rows come in slabs."""
    path = write("a.jsonl", "".join(f'{{"a": {place}}}\n' for place in range(500)))
    assert open_json_lines(path, ReadSettings(memory=50)).streamed
    assert column(path, "a", memory=50) == list(range(500))


def test_blank_text_is_an_empty_file(write):
    """A file of blanks is refused as empty."""
    with pytest.raises(DataError, match="came an empty file"):
        open_json_lines(write("a.jsonl", "\n\n"), ReadSettings())


def test_numbers_mixed_with_text_become_text(write):
    """A column that mixes numbers and text comes out as text, to be judged later."""
    path = write("a.jsonl", '{"a": 1}\n' * 10_050 + '{"a": "oops"}\n')
    assert column(path, "a")[-2:] == ["1", "oops"]
