import gzip
import json

import pytest

from seqloom.errors import DataError
from seqloom.read import ReadSettings, read


def test_parts_in_a_file_are_parts_of_the_data(write):
    """A mapping of parts to pieces gives the pieces in order, each with its part."""
    path = write("a.json", json.dumps({"train": [[[60, 64], []]], "test": [[[62]], [[64], [65]]]}))
    dataset = read(path)
    assert dataset.keys.tolist() == ["train 1", "test 1", "test 2"]
    assert dataset.lengths.tolist() == [2, 1, 2]
    assert dataset.statics["part"].tolist() == [0, 1, 1]


def test_a_list_of_pieces_has_no_parts(write):
    """Packed or not, a plain list of pieces is read."""
    dataset = read(write("a.json.gz", gzip.compress(json.dumps([[[60]], [[61]]]).encode())))
    assert (dataset.keys.tolist(), dataset.given_parts) == (["1", "2"], None)


def test_silent_voices_are_no_notes(write):
    """Where a step has an entry for each voice, -1 and null are silence; whole numbers may be floats."""
    dataset = read(write("a.json", "[[[60, -1, 64.0, null]]]"))
    assert sum(int(values.sum()) for values in dataset.steps.values()) == 2


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[[[60]", r"a\.json: expected JSON, came Expecting"),
        ("3", r"a\.json: expected a list of pieces, or parts .*, came 3; .* a \.jsonl file"),
        ('{"train": 7}', "a.json, 'train': expected a list of pieces"),
        ("[[60, 62]]", "a.json, piece 1, step 1: expected a list of pieces"),
        ('[[["C4"]]]', 'piece 1, step 1: expected a whole number, a MIDI note, came "C4"'),
        ("[[[60.5]]]", "piece 1, step 1: expected a whole number, a MIDI note, came 60.5"),
        ("[[[true]]]", "expected a whole number, a MIDI note, came true"),
        ("[[[60], [128]]]", r"a\.json, piece 1, step 2: expected a note from 21 .* came 128"),
        ("[[]]", "a.json, piece 1: expected at least one step, came none"),
        ("[]", "expected at least one piece of music, came none"),
        ("[" * 100_000, "expected JSON"),
    ],
)
def test_other_forms_are_refused(write, text, message):
    """One line says where and what came."""
    with pytest.raises(DataError, match=message):
        read(write("a.json", text), settings=ReadSettings())
