import numpy as np
import polars as pl
import pytest
from scipy.io import wavfile

from seqloom.errors import DataError, InputError, MissingFileError, SchemaError
from seqloom.read import ReadSettings, from_arrays, read
from seqloom.read.recordings import files_column
from seqloom.read.table import Table

LABELLED = ReadSettings(target="word", categories="word", per_step_target=False)


@pytest.fixture
def words(tmp_path):
    """A table of three recordings, of 100, 50 and 80 samples."""
    folder = tmp_path / "words"
    folder.mkdir()
    for name, length in {"a": 100, "b": 50, "c": 80}.items():
        wavfile.write(folder / f"{name}.wav", 1000, np.full(length, 0.25, dtype=np.float32))
    table = pl.DataFrame(
        {
            "file": ["a.wav", "b.wav", "c.wav"],
            "word": ["yes", "no", "yes"],
            "speaker": ["u", "v", "u"],
            "level": [1, 2, 3],
        }
    )
    table.write_csv(folder / "words.csv")
    return folder


def test_a_table_names_recordings(words):
    """Each row is a sequence of samples, called by its file, with its label."""
    found = read(words / "words.csv", settings=LABELLED)
    assert found.lengths.tolist() == [100, 50, 80]
    assert found.keys.tolist() == ["a", "b", "c"]
    assert found.categories["word"] == ("no", "yes")
    assert found.statics["word"].tolist() == [1, 0, 1]
    assert found.schema.rate == 1000
    assert found.schema.column("sound").kind == "sound"


def test_only_named_columns_are_used(words):
    """Who spoke is no feature unless somebody says so; what is left out is told."""
    found = read(words / "words.csv", settings=LABELLED)
    assert found.schema.names() == ("sound", "word")
    assert "not used: speaker, level" in found.notes[1]
    named = read(words / "words.csv", settings=LABELLED.model_copy(update={"static": ("level",)}))
    assert named.statics["level"].tolist() == [1, 2, 3]
    assert named.schema.column("level").role == "static"


def test_a_target_is_told_where_only_one_column_can_be_it(words):
    """The only other column, or the one called label or transcript, is the target."""
    table = pl.read_csv(words / "words.csv")
    table.select("file", "word").write_csv(words / "words.csv")
    assert read(words / "words.csv").schema.targets == ("word",)
    table.rename({"word": "Transcript"}).write_csv(words / "words.csv")
    assert read(words / "words.csv").schema.targets == ("Transcript",)


def test_several_possible_targets_must_be_told_apart(words):
    """Which column is to be predicted is asked for, with their names."""
    with pytest.raises(SchemaError, match="expected a target column, came columns word, speaker, level"):
        read(words / "words.csv")


def test_recordings_are_brought_to_one_rate(words):
    """The rate is that of the first recording, or the one that is asked for."""
    wavfile.write(words / "b.wav", 2000, np.full(100, 0.25, dtype=np.float32))
    assert read(words / "words.csv", settings=LABELLED).lengths.tolist() == [100, 50, 80]
    halved = read(words / "words.csv", settings=LABELLED.model_copy(update={"rate": 500}))
    assert halved.lengths.tolist() == [50, 25, 40]


def test_a_model_hears_new_recordings_at_its_own_rate(words):
    """With a schema recordings come at its rate, labelled or not."""
    schema = read(words / "words.csv", settings=LABELLED).schema
    wavfile.write(words / "b.wav", 4000, np.full(400, 0.25, dtype=np.float32))
    alone = read(words / "b.wav", schema=schema)
    assert alone.lengths.tolist() == [100]
    assert alone.statics["word"].tolist() == [-1]
    again = from_arrays([np.zeros(400)], settings=ReadSettings(rate=4000), schema=schema)
    assert again.lengths.tolist() == [100]
    assert from_arrays([np.zeros(400)], schema=schema).lengths.tolist() == [400]


def test_a_missing_recording_is_named(words):
    """A file in the table that is not there is one line with its name."""
    (words / "b.wav").unlink()
    with pytest.raises(MissingFileError, match=r"b\.wav: expected a recording, came no such file"):
        read(words / "words.csv", settings=LABELLED)


def test_bad_recordings_are_skipped_where_that_is_asked_for(words, tmp_path):
    """The others are read; what was left out is told, and written down with the reason."""
    (words / "b.wav").write_bytes(b"RIFF")
    skipping = LABELLED.model_copy(update={"on_error": "skip"})
    found = read(words / "words.csv", settings=skipping, rejected=tmp_path / "rejected.csv")
    assert found.keys.tolist() == ["a", "c"]
    assert found.statics["word"].tolist() == [0, 0]
    assert "bad rows skipped: 1" in found.notes[-1]
    assert "b.wav" in (tmp_path / "rejected.csv").read_text()


def test_only_bad_recordings_are_refused(words):
    """Where nothing is left there is nothing to read."""
    for path in words.glob("*.wav"):
        path.write_bytes(b"")
    with pytest.raises(InputError, match="only unusable ones"):
        read(words / "words.csv", settings=LABELLED.model_copy(update={"on_error": "skip"}))


def test_more_sound_than_memory_lies_on_disk(words):
    """Samples beyond the memory that is allowed are memory-mapped, and are the same."""
    mapped = read(words / "words.csv", settings=LABELLED.model_copy(update={"memory": "100"}))
    assert isinstance(mapped.steps["sound"], np.memmap)
    np.testing.assert_array_equal(mapped.steps["sound"], read(words / "words.csv", settings=LABELLED).steps["sound"])


def test_arrays_with_a_rate_are_sound():
    """Whole numbers are scaled as those of files, two channels averaged, labels kept."""
    loud = np.full((10, 2), 16384, dtype=np.int16)
    found = from_arrays([loud, loud[:4]], ["a", "b"], settings=ReadSettings(rate=8000))
    assert found.steps["sound"].tolist() == [0.5] * 14
    assert found.schema.rate == 8000
    assert found.categories["target"] == ("a", "b")


def test_no_recording_is_refused():
    """An empty list of arrays is no data."""
    with pytest.raises(DataError, match="at least one recording"):
        from_arrays([], settings=ReadSettings(rate=8000))


def test_a_table_without_recordings_does_not_fit_a_model_of_sound(words, tmp_path):
    """What a model of recordings is asked for must name recordings."""
    schema = read(words / "words.csv", settings=LABELLED).schema
    pl.DataFrame({"x": [1.0, 2.0]}).write_csv(tmp_path / "x.csv")
    with pytest.raises(DataError, match="a column of WAV files, came columns x"):
        read(tmp_path / "x.csv", schema=schema)


def test_a_static_column_of_training_must_be_there(words):
    """A column that a model knows of each recording is asked for by its name."""
    schema = read(words / "words.csv", settings=LABELLED.model_copy(update={"static": ("level",)})).schema
    pl.read_csv(words / "words.csv").drop("level").write_csv(words / "words.csv")
    with pytest.raises(SchemaError, match="expected a column 'level'"):
        read(words / "words.csv", schema=schema)


def test_a_column_of_files_is_known_by_its_endings():
    """Every name must end in .wav, in any case."""
    frame = pl.DataFrame({"n": [1, 2], "some": ["a.wav", "b.txt"], "all": ["a.wav", "B.WAV"]})
    assert files_column(Table.of(frame, "t")) == "all"
    assert files_column(Table.of(frame.drop("all"), "t")) is None
