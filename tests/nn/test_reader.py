"""What every reader promises: a sequence is read for itself, and where it may not look ahead, it does not."""

import pytest
import torch

from seqloom.errors import SettingsError
from seqloom.nn import (
    ConvolutionalReader,
    DeepSets,
    GRUCell,
    Recurrent,
    TemporalConvolutions,
    TransformerReader,
    WholeReader,
)
from seqloom.sequence import Packed

SIZES = torch.tensor([3, 3, 3, 2, 2, 1, 1])
LENGTHS = (7, 5, 3)
READERS = {
    "gru": lambda **options: Recurrent(GRUCell(), 4, 6, 2, **options),
    "cnn": lambda **options: ConvolutionalReader(4, 6, 2, **options),
    "tcn": lambda **options: TemporalConvolutions(4, 6, 1, **options),
    "transformer": lambda **options: TransformerReader(4, 6, 2, **options),
    "deep-sets": lambda **options: DeepSets(4, 6, 2, **options),
}


@pytest.fixture(params=READERS)
def make(request):
    """Makes one of the readers with fixed weights, as it is used after training."""

    def of(**options):
        with torch.random.fork_rng():
            torch.manual_seed(0)
            return READERS[request.param](**options).eval()

    return of


@pytest.fixture
def rows():
    """Three sequences of 7, 5 and 3 steps."""
    return Packed(torch.randn(15, 4, generator=torch.Generator().manual_seed(1)), SIZES)


def alone(rows, sequence):
    """One of the sequences, by itself."""
    values = rows.values[rows.sequence_rows == sequence]
    return Packed(values, torch.ones(len(values), dtype=torch.int64))


@pytest.mark.parametrize("bidirectional", [False, True])
def test_a_sequence_is_read_as_if_it_were_alone(make, rows, bidirectional):
    """Nothing depends on the others of its batch, nor on what fills up the shorter ones."""
    reader = make(bidirectional=bidirectional)
    _, together = reader.sequence(None, rows)
    for sequence in range(3):
        _, own = reader.sequence(None, alone(rows, sequence))
        torch.testing.assert_close(own.values, together.values[rows.sequence_rows == sequence], atol=1e-6, rtol=1e-5)


def test_no_output_depends_on_later_steps_unless_it_is_told_to(make, rows):
    """Changing the steps from the third on leaves the first two outputs as they are, and no other."""
    changed = rows.with_values(torch.where((rows.row_steps >= 2)[:, None], -rows.values, rows.values))
    before = (rows.row_steps < 2)[:, None]
    for bidirectional in (False, True):
        reader = make(bidirectional=bidirectional)
        first, second = (reader.sequence(None, own)[1].values for own in (rows, changed))
        same = torch.isclose(first, second, atol=1e-6).all(dim=1, keepdim=True)
        assert bool(same[before].all()) is not bidirectional
        assert not same[~before].any()


def test_outputs_are_as_wide_as_they_say(make, rows):
    """One row of them for each step."""
    for bidirectional in (False, True):
        reader = make(bidirectional=bidirectional)
        assert reader.sequence(None, rows)[1].values.shape == (15, reader.output_size)
        assert reader.bidirectional is bidirectional


def test_sequences_without_a_step_have_no_output(make):
    """And their state is the initial one."""
    reader = make()
    state, outputs = reader.sequence(None, Packed(torch.zeros(0, 4), torch.zeros(0, dtype=torch.int64)))
    assert outputs.values.shape == (0, reader.output_size)
    assert state.hidden.shape[1] == 0


def test_only_readers_with_a_state_carry_it(make):
    """And none that reads backwards, too."""
    assert make().carries is not isinstance(make(), WholeReader)
    assert not make(bidirectional=True).carries


def test_every_weight_learns(make, rows):
    """In training, where no output is left out of the loss."""
    reader = make().train()
    _, outputs = reader.sequence(None, rows)
    (outputs.values**3).sum().backward()
    unmoved = [name for name, weight in reader.named_parameters() if weight.grad is None]
    assert unmoved == []


@pytest.mark.parametrize("kind", [ConvolutionalReader, TemporalConvolutions, TransformerReader, DeepSets])
def test_a_width_of_nothing_is_refused(kind):
    """By name."""
    with pytest.raises(SettingsError, match="hidden_size: expected a number of at least 1, came 0"):
        kind(4, 0)
