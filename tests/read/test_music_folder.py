import pytest

from seqloom.errors import DataError
from seqloom.read import ReadSettings, read
from seqloom.read.music_folder import holds_music

TUNE = "X:1\nK:C\n{}\n"


@pytest.fixture
def folder(tmp_path):
    """A folder with tunes for two parts."""
    for part, notes in (("train", "AB"), ("test", "c")):
        (tmp_path / part).mkdir()
        (tmp_path / part / "a.abc").write_text(TUNE.format(notes))
    return tmp_path


def test_folders_in_a_folder_are_parts(folder):
    """Tunes in `train` and `test` belong to the part their folder names."""
    dataset = read(folder)
    assert (dataset.given_parts, dataset.categories["part"]) == ("part", ("train", "test"))
    assert dataset.lengths.tolist() == [4, 2]


def test_a_flat_folder_has_no_parts(folder):
    """Files of one folder are read in the order of their names."""
    (folder / "train" / "0.abc").write_text(TUNE.format("c8"))
    dataset = read(folder / "train")
    assert (dataset.given_parts, dataset.lengths.tolist()) == (None, [16, 4])


def test_other_folders_hold_no_music(tmp_path):
    """A folder of other files is refused as before."""
    (tmp_path / "a.csv").write_text("x\n1\n")
    assert not holds_music(tmp_path)
    with pytest.raises(DataError, match="expected a file, came a directory"):
        read(tmp_path)


def test_a_broken_file_can_be_skipped(folder):
    """With on_error skip the other files are read, and a note names the one left out."""
    (folder / "train" / "b.mid").write_bytes(b"no music")
    with pytest.raises(DataError, match=r"b\.mid: expected a MIDI file"):
        read(folder)
    dataset = read(folder, settings=ReadSettings(on_error="skip"))
    assert len(dataset) == 2
    assert dataset.notes[0].startswith("left out: b.mid: expected a MIDI file")
