import io

import mido
import numpy as np
import pytest

from seqloom.read import ReadSettings, read
from seqloom.write import midi_bytes


@pytest.mark.parametrize(("note_step", "of_a_quarter"), [("quarter", 1), ("sixteenth", 4), ("thirty-second", 8)])
def test_what_was_written_is_read_again(tmp_path, note_step, of_a_quarter):
    """A roll that ends with a note is the same after it was written and read at the same length of a step."""
    roll = (np.random.default_rng(0).random((40, 88)) < 0.1).astype(np.uint8)
    roll[-1, 40] = 1
    path = tmp_path / "a.mid"
    path.write_bytes(midi_bytes(roll, steps_of_a_quarter=of_a_quarter, tempo=90))
    dataset = read(path, settings=ReadSettings(note_step=note_step))
    np.testing.assert_array_equal(np.stack(list(dataset.steps.values()), axis=1), roll)


def test_the_tempo_decides_how_long_it_lasts():
    """Eight eighths at 60 quarters a minute last for four seconds."""
    roll = np.ones((8, 88))
    file = mido.MidiFile(file=io.BytesIO(midi_bytes(roll, steps_of_a_quarter=2, tempo=60)))
    assert file.length == pytest.approx(4.0)
