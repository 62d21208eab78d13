"""The recurrent operators of ONNX: its own published cases, and random weights against its reference."""

import warnings
from itertools import product

import numpy as np
import onnx
import pytest
import torch
from onnx import helper, numpy_helper
from onnx.backend.test.loader import load_model_tests
from onnx.reference import ReferenceEvaluator

from seqloom.nn import GRU, LSTM, RNN, GRUCell, LSTMCell, Recurrent
from seqloom.sequence import Packed

COVERED = (
    "test_gru_batchwise",
    "test_gru_bidirectional",
    "test_gru_defaults",
    "test_gru_reverse",
    "test_gru_seq_length",
    "test_gru_with_initial_bias",
    "test_lstm_batchwise",
    "test_lstm_bidirectional",
    "test_lstm_defaults",
    "test_lstm_reverse",
    "test_lstm_with_initial_bias",
    "test_lstm_with_peepholes",
    "test_rnn_seq_length",
    "test_simple_rnn_batchwise",
    "test_simple_rnn_bidirectional",
    "test_simple_rnn_defaults",
    "test_simple_rnn_reverse",
    "test_simple_rnn_with_initial_bias",
)

ORDER = {"RNN": (0,), "GRU": (1, 0, 2), "LSTM": (0, 2, 3, 1)}
"""The gates as torch orders them, r z n and i f g o, counted in ONNX's order, z r h and i o f c."""

INPUTS = ("X", "W", "R", "B", "sequence_lens", "initial_h", "initial_c", "P")


@pytest.fixture(scope="module")
def published():
    """Every recurrent case that ONNX publishes, by name."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # cases of other operators overflow on purpose
        cases = load_model_tests(kind="node")
    return {case.name: case for case in cases if case.model and case.model.graph.node[0].op_type in ORDER}


def evaluate(model, given):
    """What our layers make of a model of one recurrent node: its outputs by name."""
    (node,) = model.graph.node
    attributes = {attribute.name: helper.get_attribute_value(attribute) for attribute in node.attribute}
    direction = attributes.get("direction", b"forward").decode()
    both, batchwise = direction != "forward", attributes.get("layout", 0) == 1
    network = build(node.op_type, attributes, given, both=both)
    swap = (lambda array: array.swapaxes(0, 1)) if batchwise else (lambda array: array)
    x = torch.from_numpy(np.ascontiguousarray(swap(given["X"])))
    state = [doubled(swap(given[name]), direction) for name in ("initial_h", "initial_c") if name in given]
    outputs, final = run(network, x, state)
    picked = [1] if direction == "reverse" else [0, 1] if both else [0]
    steps, batch, _ = x.shape
    y = outputs.detach().reshape(steps, batch, 2 if both else 1, -1)[:, :, picked]  # [T, B, D, H]
    y = y.transpose(0, 1) if batchwise else y.transpose(1, 2)  # [B, T, D, H] or [T, D, B, H]
    parts = [swap(part.detach()[picked].numpy()) for part in final]
    named = {"Y": y.numpy(), **dict(zip(("Y_h", "Y_c"), parts, strict=False))}
    return {name: named[name] for name in node.output if name}


def build(kind, attributes, given, *, both):
    """A layer with the weights of a node; one that reads in reverse has them in both directions."""
    hidden, features = given["R"].shape[2], given["X"].shape[2]
    if kind == "GRU" and not attributes.get("linear_before_reset", 0):
        network = Recurrent(GRUCell(reset_after=False), features, hidden, bidirectional=both)
    elif "P" in given:
        network = Recurrent(LSTMCell(peepholes=True), features, hidden, bidirectional=both)
    else:
        network = {"RNN": RNN, "GRU": GRU, "LSTM": LSTM}[kind](features, hidden, bidirectional=both)
    zeros = np.zeros((len(given["W"]), 2 * given["W"].shape[1]), np.float32)
    input_bias, recurrent_bias = np.split(given.get("B", zeros), 2, axis=1)
    weights = {"weight_ih": given["W"], "weight_hh": given["R"], "bias_ih": input_bias, "bias_hh": recurrent_bias}
    named = {}
    for name, array in weights.items():
        for index, suffix in enumerate(("_l0", "_l0_reverse") if both else ("_l0",)):
            gates = np.split(array[min(index, len(array) - 1)], len(ORDER[kind]))
            named[name + suffix] = torch.from_numpy(np.concatenate([gates[place] for place in ORDER[kind]]))
            if "P" in given:  # peepholes of i, o, f
                peepholes = np.split(given["P"][min(index, len(array) - 1)], 3)
                named["weight_unit" + suffix] = torch.from_numpy(np.stack([peepholes[place] for place in (0, 2, 1)]))
    network.load_state_dict(named)
    return network


def doubled(part, direction):
    """An initial state, for both directions where only the reverse one is asked for."""
    tensor = torch.from_numpy(np.ascontiguousarray(part))
    return tensor.repeat(2, 1, 1) if direction == "reverse" else tensor


def run(network, x, state):
    """Outputs [T, B, D * H] and the parts of the final state, of a layer like torch's or of a stack of our own."""
    if isinstance(network, Recurrent):
        rows = Packed(x.flatten(0, 1), torch.full((len(x),), x.shape[1]))
        given = type(network.initial_state(1))(*state) if state else None
        final, outputs = network.sequence(given, rows)
        return outputs.values, final
    hx = None if not state else tuple(state) if len(state) > 1 else state[0]
    outputs, final = network(x, hx)
    return outputs, final if isinstance(final, tuple) else (final,)


@pytest.mark.parametrize("name", COVERED)
def test_a_published_case_comes_out_as_published(published, name):
    """Outputs and final states are those that ONNX publishes for the case."""
    case = published[name]
    for inputs, outputs in case.data_sets:
        (node,) = case.model.graph.node
        found = evaluate(case.model, dict(zip((n for n in node.input if n), inputs, strict=True)))
        for came, expected in zip(found.values(), outputs, strict=True):
            assert came.shape == expected.shape
            np.testing.assert_allclose(came, expected, rtol=0, atol=1e-6)  # float32: sums of a few numbers below one


def test_every_published_case_is_covered(published):
    """No recurrent case that ONNX publishes is forgotten, and none is listed that it does not publish."""
    assert set(published) == set(COVERED)


OPERATORS = {
    "RNN": ("RNN", {}),
    "LSTM": ("LSTM", {}),
    "LSTM with peepholes": ("LSTM", {}),
    "GRU": ("GRU", {"linear_before_reset": 0}),
    "GRU, reset after": ("GRU", {"linear_before_reset": 1}),
}
DIRECTIONS = ("forward", "reverse", "bidirectional")


def drawn(kind, attributes, direction, layout, *, peepholes=False):
    """A model of one node, and random inputs for it."""
    (steps, batch, features, hidden), gates = (7, 3, 4, 5), len(ORDER[kind])
    count = 2 if direction == "bidirectional" else 1
    start = (count, batch, hidden) if layout == 0 else (batch, count, hidden)
    shapes = {
        "X": (steps, batch, features) if layout == 0 else (batch, steps, features),
        "W": (count, gates * hidden, features),
        "R": (count, gates * hidden, hidden),
        "B": (count, 2 * gates * hidden),
        "initial_h": start,
        **({"initial_c": start} if kind == "LSTM" else {}),
        **({"P": (count, 3 * hidden)} if peepholes else {}),
    }
    numbers = np.random.default_rng(4)
    given = {name: numbers.standard_normal(shape).astype(np.float32) for name, shape in shapes.items()}
    outputs = ["Y", "Y_h", *(["Y_c"] if kind == "LSTM" else [])]
    names = [name if name in given else "" for name in INPUTS[: 8 if kind == "LSTM" else 6]]
    node = helper.make_node(kind, names, outputs, hidden_size=hidden, direction=direction, layout=layout, **attributes)
    values = [helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, None) for name in outputs]
    constants = [numpy_helper.from_array(array, name) for name, array in given.items() if name != "X"]
    x = helper.make_tensor_value_info("X", onnx.TensorProto.FLOAT, shapes["X"])
    return helper.make_model(helper.make_graph([node], "one", [x], values, constants)), given


@pytest.mark.parametrize(("direction", "layout"), [*product(DIRECTIONS, (0, 1))])
@pytest.mark.parametrize("operator", OPERATORS)
def test_random_weights_give_what_the_reference_gives(operator, direction, layout):
    """With weights that tell every gate from every other, all outputs are those of ONNX's reference."""
    kind, attributes = OPERATORS[operator]
    model, given = drawn(kind, attributes, direction, layout, peepholes="peepholes" in operator)
    expected = ReferenceEvaluator(model).run(None, {"X": given["X"]})
    for came, wanted in zip(evaluate(model, given).values(), expected, strict=True):
        assert came.shape == wanted.shape
        np.testing.assert_allclose(came, wanted, rtol=1e-5, atol=1e-5)  # float32: sums of nine products, seven steps


def test_another_order_of_gates_is_noticed(monkeypatch):
    """The random weights would show it if gates were taken for each other."""
    model, given = drawn("LSTM", {}, "forward", 0)
    expected = ReferenceEvaluator(model).run(None, {"X": given["X"]})[0]
    monkeypatch.setitem(ORDER, "LSTM", (0, 1, 2, 3))
    assert np.abs(evaluate(model, given)["Y"] - expected).max() > 0.1
