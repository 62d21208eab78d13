"""What a stack adds to its cells: initial state, dropout, refusals."""

import pytest
import torch

from seqloom.errors import DataError, SettingsError
from seqloom.nn import ElmanCell, GRUCell, LSTMCell, Recurrent
from seqloom.nn.dropout import keep_mask
from seqloom.sequence import Packed

NETWORKS = {"rnn": (ElmanCell(), torch.nn.RNN), "lstm": (LSTMCell(), torch.nn.LSTM), "gru": (GRUCell(), torch.nn.GRU)}


@pytest.mark.parametrize("name", NETWORKS)
def test_a_seed_draws_the_weights_torch_draws(name):
    """With the same seed the weights are torch's, by name, shape and value."""
    cell, theirs = NETWORKS[name]
    torch.manual_seed(1)
    mine = Recurrent(cell, 3, 5, 2, bidirectional=True).state_dict()
    torch.manual_seed(1)
    expected = theirs(3, 5, 2, bidirectional=True).state_dict()
    assert list(mine) == list(expected)
    assert all(torch.equal(mine[key], expected[key]) for key in expected)


def test_a_generator_draws_the_weights_anew(generator):
    """The same generator state gives the same weights, whatever torch's own state is."""
    network = Recurrent(LSTMCell(), 3, 5)
    network.reset_parameters(generator.manual_seed(1))
    first = network.weight_hh_l0.clone()
    torch.manual_seed(99)
    network.reset_parameters(generator.manual_seed(1))
    assert torch.equal(network.weight_hh_l0, first)


def test_the_initial_state_is_zero(draw):
    """Without a learned state, no state and a state of zeros are the same."""
    network, (_, rows) = Recurrent(GRUCell(), 3, 4, 2).double(), draw((5, 3), 3)
    _, outputs = network.sequence(None, rows)
    zeros = network.initial_state(2)
    assert torch.equal(zeros.hidden, torch.zeros(2, 2, 4, dtype=torch.float64))
    assert torch.equal(network.sequence(zeros, rows)[1].values, outputs.values)


def test_a_learned_state_is_where_sequences_start(draw):
    """The learned vectors are every sequence's state before its first step."""
    network, (_, rows) = (
        Recurrent(LSTMCell(), 3, 4, 2, bidirectional=True, learned_state=True).double(),
        draw((5, 3), 3),
    )
    torch.nn.init.normal_(network.initial_hidden)
    torch.nn.init.normal_(network.initial_cell)
    theirs = torch.nn.LSTM(3, 4, 2, bidirectional=True).double()
    theirs.load_state_dict({key: value for key, value in network.state_dict().items() if not key.startswith("initial")})
    start = (network.initial_hidden.repeat(1, 2, 1), network.initial_cell.repeat(1, 2, 1))
    expected, _ = theirs(rows.to_torch(), start)
    _, outputs = network.sequence(None, rows)
    torch.testing.assert_close(outputs.values, expected.data, rtol=0, atol=1e-12)  # float64, another order of sums


def test_a_learned_state_gets_a_gradient(draw):
    """The learned state takes part in training."""
    network, (_, rows) = Recurrent(LSTMCell(), 3, 4, learned_state=True).double(), draw((5, 3), 3)
    network.sequence(None, rows)[1].values.sum().backward()
    assert network.initial_hidden.grad.abs().min() > 0
    assert network.initial_cell.grad.abs().min() > 0


def test_dropout_between_layers_is_that_of_torch_on_average(draw, generator):
    """The lower layer's outputs reach the upper one in the mean unchanged, and not in prediction."""
    network, (_, rows) = Recurrent(ElmanCell(), 3, 4, 2, dropout=0.4).double(), draw((4, 4), 3)
    _, calm = network.eval().sequence(None, rows)
    _, shaken = network.train().sequence(None, rows, generator=generator)
    plain = Recurrent(ElmanCell(), 3, 4, 2).double()
    plain.load_state_dict(network.state_dict())
    assert torch.equal(plain.sequence(None, rows)[1].values, calm.values)
    assert not torch.equal(shaken.values, calm.values)


def test_dropout_leaves_a_single_layer_alone(draw):
    """There is nothing between the layers of a single one."""
    network, (_, rows) = Recurrent(ElmanCell(), 3, 4, dropout=0.9).double().train(), draw((4, 2), 3)
    _, outputs = network.sequence(None, rows)
    assert torch.equal(outputs.values, network.eval().sequence(None, rows)[1].values)


def test_variational_dropout_hides_the_same_inputs_at_every_step(generator):
    """With ones as input, the rows of a sequence are alike after dropout, those of two sequences are not."""
    network = Recurrent(ElmanCell(), 50, 4, variational_dropout=0.5).train()
    rows = Packed(torch.ones(5, 50), torch.tensor([2, 2, 1]))
    values = network._drop(rows, 0, generator).values
    first, second = (values[rows.sequence_rows == place] for place in (0, 1))
    assert torch.equal(first, first[:1].expand(3, -1))
    assert torch.equal(second, second[:1].expand(2, -1))
    assert not torch.equal(first[0], second[0])


@pytest.mark.parametrize("cell", [ElmanCell(), LSTMCell(), GRUCell()], ids=repr)
def test_variational_dropout_keeps_its_mask_over_all_steps(cell, draw, generator):
    """A training pass equals a walk step by step with one input mask and one recurrent mask per sequence."""
    network, (_, rows) = Recurrent(cell, 3, 4, variational_dropout=0.5).double().train(), draw((6, 6), 3)
    _, outputs = network.sequence(None, rows, generator=generator.manual_seed(4))
    generator.manual_seed(4)
    seen, read = (keep_mask((2, width), 0.5, rows.values, generator) for width in (3, 4))
    weights, state = network.weights(0), network.cell.initial_state(rows.values.new_zeros(2, 4))
    for step, x in enumerate(rows.values.split(2)):
        state, y = network.cell.step(weights, state, network.cell.project(weights, x * seen), read)
        torch.testing.assert_close(outputs.values[2 * step : 2 * step + 2], y, rtol=0, atol=1e-12)  # order of sums


def test_variational_dropout_rests_in_prediction(draw):
    """In evaluation nothing is hidden."""
    network, (_, rows) = Recurrent(GRUCell(), 3, 4, variational_dropout=0.5).double().eval(), draw((4, 2), 3)
    plain = Recurrent(GRUCell(), 3, 4).double()
    plain.load_state_dict(network.state_dict())
    torch.testing.assert_close(
        network.sequence(None, rows)[1].values, plain.sequence(None, rows)[1].values, rtol=0, atol=0
    )


@pytest.mark.parametrize("cell", [ElmanCell(), LSTMCell(), GRUCell()], ids=repr)
def test_weight_dropout_takes_the_same_recurrent_weights_at_every_step(cell, draw, generator):
    """A training pass equals a pass without dropout through recurrent weights of which some are zero."""
    network, (_, rows) = Recurrent(cell, 3, 4, weight_dropout=0.5).double().train(), draw((6, 4), 3)
    _, outputs = network.sequence(None, rows, generator=generator.manual_seed(4))
    thinned = Recurrent(cell, 3, 4).double()
    thinned.load_state_dict(network.state_dict())
    recurrent = thinned.weights(0).recurrent
    recurrent.data *= keep_mask(tuple(recurrent.shape), 0.5, recurrent, generator.manual_seed(4))
    torch.testing.assert_close(outputs.values, thinned.sequence(None, rows)[1].values, rtol=0, atol=1e-12)


def test_weight_dropout_gives_no_gradient_to_what_it_takes(draw, generator):
    """Weights that a batch is read without do not learn from it, and all weights are there in prediction."""
    network, (_, rows) = Recurrent(GRUCell(), 3, 4, weight_dropout=0.5).double().train(), draw((6, 4), 3)
    network.sequence(None, rows, generator=generator.manual_seed(4))[1].values.sum().backward()
    recurrent = network.weights(0).recurrent
    kept = keep_mask(tuple(recurrent.shape), 0.5, recurrent.detach(), generator.manual_seed(4)) > 0
    assert torch.equal(recurrent.grad != 0, kept)
    assert network.eval()._thinned(network.weights(0), None).recurrent is recurrent


def test_no_steps_leave_the_state_as_it_is():
    """An empty batch has no outputs and changes no state."""
    network = Recurrent(LSTMCell(), 3, 4, bidirectional=True)
    state, outputs = network.sequence(None, Packed(torch.zeros(0, 3), torch.zeros(0, dtype=torch.int64)))
    assert outputs.values.shape == (0, 8)
    assert state.hidden.shape == (2, 0, 4)


def test_a_bidirectional_network_has_no_step():
    """Reading backwards from an end that has not come is refused."""
    network = Recurrent(LSTMCell(), 3, 4, bidirectional=True)
    with pytest.raises(SettingsError, match=r"step of a bidirectional network: .*use `sequence`"):
        network.step(network.initial_state(1), torch.zeros(1, 3))


@pytest.mark.parametrize(
    ("sizes", "message"),
    [((0, 4, 1), "input_size: .*came 0"), ((3, -1, 1), "hidden_size: .*came -1"), ((3, 4, 0), "layers: .*came 0")],
)
def test_sizes_below_one_are_refused(sizes, message):
    """A network needs inputs, hidden features and layers."""
    with pytest.raises(SettingsError, match=message):
        Recurrent(LSTMCell(), *sizes)


@pytest.mark.parametrize("rate", ["dropout", "variational_dropout", "weight_dropout"])
@pytest.mark.parametrize("share", [-0.1, 1.0])
def test_a_rate_that_is_no_share_is_refused(rate, share):
    """Rates lie in [0, 1)."""
    with pytest.raises(SettingsError, match=rf"{rate}: expected a share .*came {share}"):
        Recurrent(GRUCell(), 3, 4, 2, **{rate: share})


def test_a_misspelt_option_is_refused():
    """An option that does not exist is not ignored, and the message lists those there are."""
    with pytest.raises(SettingsError, match=r"expected one of bidirectional, dropout, .*, came bidirektional"):
        Recurrent(GRUCell(), 3, 4, bidirektional=True)


def test_rows_of_another_width_are_refused():
    """Features the weights were not made for are refused with both shapes."""
    rows = Packed(torch.zeros(3, 5), torch.tensor([2, 1]))
    with pytest.raises(DataError, match=r"rows of a sequence: expected the shape \[3, 4\], came \[3, 5\]"):
        Recurrent(ElmanCell(), 4, 2).sequence(None, rows)


def test_a_state_of_another_batch_is_refused():
    """A state with more sequences than the rows is refused."""
    network = Recurrent(ElmanCell(), 4, 2)
    rows = Packed(torch.zeros(3, 4), torch.tensor([2, 1]))
    with pytest.raises(DataError, match=r"state of a sequence: expected the shape \[1, 2, 2\], came \[1, 3, 2\]"):
        network.sequence(network.initial_state(3), rows)


def test_a_step_of_another_width_is_refused():
    """A step with too few features is refused."""
    network = Recurrent(ElmanCell(), 4, 2)
    with pytest.raises(DataError, match=r"features of a step: expected the shape \[1, 4\], came \[1, 3\]"):
        network.step(network.initial_state(1), torch.zeros(1, 3))
