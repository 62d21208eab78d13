import numpy as np
import pytest

from seqloom.errors import DataError
from seqloom.read import ReadSettings
from seqloom.read.rolls import Piece, dataset_of, roll_of
from seqloom.sequence import KEYS

PIECES = [
    Piece("a", roll_of([[60], [62, 64]], "a"), "train"),
    Piece("b", roll_of([[108]], "b"), "test"),
    Piece("c", roll_of([[21], [], [21]], "c"), "train"),
]


def test_the_columns_are_the_keys_of_a_piano():
    """Every key is a target with a value per step, on in the steps in which it is played."""
    dataset = dataset_of("music", PIECES, ReadSettings())
    assert dataset.schema.targets == KEYS
    assert dataset.lengths.tolist() == [2, 1, 3]
    assert dataset.steps["C4"].tolist() == [1, 0, 0, 0, 0, 0]
    assert dataset.steps["A0"].tolist() == [0, 0, 0, 1, 0, 1]
    assert dataset.keys.tolist() == ["a", "b", "c"]


def test_given_parts_are_a_column_that_is_followed():
    """The part of each piece is a static column, and the data set says which one."""
    dataset = dataset_of("music", PIECES, ReadSettings())
    assert dataset.given_parts == "part"
    assert np.array(dataset.categories["part"])[dataset.statics["part"]].tolist() == ["train", "test", "train"]


def test_one_part_can_be_read_alone():
    """With a part named only its pieces are read, and no part is given."""
    dataset = dataset_of("music", PIECES, ReadSettings(part="train"))
    assert (dataset.keys.tolist(), dataset.given_parts, dataset.statics) == (["a", "c"], None, {})


def test_a_part_that_is_not_there_is_refused():
    """The message names the parts there are."""
    with pytest.raises(
        DataError, match="music: expected at least one piece of music of the part 'dev', came the parts"
    ):
        dataset_of("music", PIECES, ReadSettings(part="dev"))


def test_no_music_is_refused():
    """Without a piece there is nothing to read."""
    with pytest.raises(DataError, match="expected at least one piece of music, came none"):
        dataset_of("music", [], ReadSettings())


@pytest.mark.parametrize("note", [20, 109, -5, 200])
def test_a_note_no_piano_has_is_refused(note):
    """The message names piece, step and note."""
    with pytest.raises(DataError, match=rf"a piece, step 2: expected a note from 21 \(A0\) to 108 \(C8\), came {note}"):
        roll_of([[60], [note]], "a piece")


def test_a_piece_without_steps_is_refused():
    """A sequence has at least one step."""
    with pytest.raises(DataError, match="a piece: expected at least one step, came none"):
        roll_of([], "a piece")
