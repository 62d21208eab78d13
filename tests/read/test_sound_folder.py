import numpy as np
import pytest
from scipy.io import wavfile

from seqloom.errors import DataError, MissingFileError, SettingsError
from seqloom.read import ReadSettings, read


@pytest.fixture
def record(tmp_path):
    """A function that writes silence of so many samples into a file of a folder, and returns the folder."""

    def write(*names):
        for length, name in enumerate(names, start=5):
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            wavfile.write(tmp_path / name, 8000, np.zeros(length, dtype=np.int16))
        return tmp_path

    return write


def test_subfolders_are_labels(record):
    """A folder for each class, as many collections come, needs no table."""
    found = read(record("cat/1.wav", "dog/1.wav", "dog/x/2.WAV"), settings=ReadSettings(categories="label"))
    assert found.keys.tolist() == ["cat/1", "dog/1", "dog/x/2"]
    assert [found.categories["label"][code] for code in found.statics["label"]] == ["cat", "dog", "dog"]
    assert found.schema.targets == ("label",)


def test_names_tell_labels(record):
    """Parts of the names become columns."""
    settings = ReadSettings(file_names="{digit}_{speaker}_{take}.wav", target="digit", categories="digit")
    found = read(record("7_ann_0.wav", "3_bob_12.wav"), settings=settings)
    assert [found.categories["digit"][code] for code in found.statics["digit"]] == ["3", "7"]


def test_a_name_of_another_form_is_refused(record):
    """A file that does not say what the others say is named."""
    with pytest.raises(DataError, match=r"notes\.wav: expected a name like \{digit\}_\{take\}"):
        read(record("7_0.wav", "notes.wav"), settings=ReadSettings(file_names="{digit}_{take}", target="digit"))


@pytest.mark.parametrize("pattern", ["digit", "{a}{a}", "{file}_{b}", "{1}"])
def test_a_pattern_must_name_parts(record, pattern):
    """Parts in braces, each called differently and by a name."""
    with pytest.raises(SettingsError, match="a pattern of named parts"):
        read(record("7_0.wav"), settings=ReadSettings(file_names=pattern))


def test_the_table_beside_recordings_labels_them(record):
    """The only table in the folder is read with them; the one that is named wins."""
    folder = record("a.wav", "b.wav")
    (folder / "one.csv").write_text("file,label\nb.wav,x\na.wav,y\n")
    assert read(folder).keys.tolist() == ["b", "a"]
    (folder / "two.csv").write_text("file,label\na.wav,x\n")
    with pytest.raises(DataError, match=r"one table beside the recordings, came one\.csv, two\.csv"):
        read(folder)
    assert read(folder, settings=ReadSettings(labels="two.csv")).keys.tolist() == ["a"]
    with pytest.raises(MissingFileError, match=r"three\.csv: expected the table of the recordings"):
        read(folder, settings=ReadSettings(labels="three.csv"))


def test_recordings_without_labels_can_be_read(record):
    """Files in one folder have no label: they are to be predicted for."""
    assert read(record("a.wav", "b.wav")).schema.names() == ("sound",)
