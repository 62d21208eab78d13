"""ONNX Runtime: graphs of its own recurrent operators, with the weights of the case."""

import os

import numpy as np
import onnxruntime
from onnx import TensorProto, helper, numpy_helper

from benchmarks.speed.case import Case
from benchmarks.speed.inputs import (
    GATES,
    LayerWeights,
    lengths_of,
    operations,
    packed,
    readings_of,
    shown,
    steps_of,
    turns_of,
    weights_of,
)
from benchmarks.speed.peer import Numbers, Refused, Work, serve

OPERATORS = {"LSTM": "LSTM", "GRU": "GRU", "Elman": "RNN"}
ORDERS = {"LSTM": (0, 3, 1, 2), "GRU": (1, 0, 2), "Elman": (0,)}
"""Where the operator's gates stand in torch's order: i o f c, z r h."""
OPSET, FORMAT = 17, 9


def prepare(case: Case, variant: str) -> Work:  # noqa: ARG001 - every peer is asked so
    """A case of `infer`, `step` or `streams`."""
    makers = {"infer": _infer, "step": _step, "streams": _streams}
    if case.work not in makers or case.cell not in OPERATORS:
        raise Refused("is measured in inference alone")
    return makers[case.work](case)


def _infer(case: Case) -> Work:
    session, x = session_of(case, stateful=False), steps_of(case)
    feeds = {"x": x, "lengths": lengths_of(case).astype(np.int32)} if case.varied else {"x": x}

    def call() -> np.ndarray:
        return session.run(["y"], feeds)[0]

    return Work(call, lambda: {"outputs": shown(packed(case, call()))}, facts={"operations": operations(case)})


def _step(case: Case) -> Work:
    """One step of one stream, its state kept."""
    session, feeds = session_of(case, stateful=True), {"x": readings_of(case, 1)[None]}
    inputs, outputs = _states(case)
    zeros = np.zeros((1, 1, case.hidden), np.float32)
    feeds.update(dict.fromkeys(inputs, zeros))

    def call() -> None:
        feeds.update(zip(inputs, session.run(outputs, feeds), strict=True))

    def check() -> Numbers:
        feeds.update(dict.fromkeys(inputs, zeros))
        for _ in range(3):
            call()
        return {"outputs": shown(feeds[inputs[0]])}

    return Work(call, check)


def _streams(case: Case) -> Work:
    """Gather the states of the streams that have a reading, step, put them back, in NumPy."""
    at_once = min(case.streams, 1000)
    session, readings, turns = session_of(case, stateful=True), readings_of(case, at_once), turns_of(case, at_once)
    inputs, outputs = _states(case)
    slabs = [np.zeros((case.streams, case.hidden), np.float32) for _ in inputs]
    count = [0]

    def step(places: np.ndarray) -> np.ndarray:
        feeds = {name: slab[places][None] for name, slab in zip(inputs, slabs, strict=True)}
        found = session.run(outputs, {"x": readings[None], **feeds})
        for slab, state in zip(slabs, found, strict=True):
            slab[places] = state[0]
        return found[0][0]

    def call() -> None:
        step(turns[count[0] % len(turns)])
        count[0] += 1

    def check() -> Numbers:
        for slab in slabs:
            slab[:] = 0
        return {"outputs": shown([step(turns[0]) for _ in range(3)][-1])}

    held = sum(slab.nbytes for slab in slabs)
    return Work(call, check, facts={"steps": at_once, "bytes_per_stream": held / case.streams})


def _states(case: Case) -> tuple[list[str], list[str]]:
    """Names of the state before and after."""
    parts = ("h", "c") if case.cell == "LSTM" else ("h",)
    return [f"{part}_before" for part in parts], [f"{part}_after" for part in parts]


def session_of(case: Case, *, stateful: bool) -> onnxruntime.InferenceSession:
    """The graph of the case, ready to run on as many threads as the others have."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = int(os.environ.get("OMP_NUM_THREADS", "1"))
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    model = _model(case, stateful=stateful).SerializeToString()
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])


def _model(case: Case, *, stateful: bool):  # noqa: ANN202 - onnx has no name for it at the top
    nodes, held, rows = [], [], "x"
    before, after = _states(case) if stateful else ([], [])
    every = weights_of(case)
    for layer in range(case.layers):
        of_layer = every[layer * case.directions : (layer + 1) * case.directions]
        names = [f"{kind}{layer}" for kind in "WRB"]
        held += [numpy_helper.from_array(a, name) for a, name in zip(_weights(case, of_layer), names, strict=True)]
        inputs = [rows, *names, "lengths" if case.varied else "", *before]
        nodes.append(_recurrent(case, inputs, [f"Y{layer}", *after]))
        rows = f"y{layer}" if layer < case.layers - 1 else "y"
        nodes.append(helper.make_node("Transpose", [f"Y{layer}"], [f"t{layer}"], perm=[0, 2, 1, 3]))  # [T, B, D, H]
        nodes.append(helper.make_node("Reshape", [f"t{layer}", "wide"], [rows]))
    held.append(numpy_helper.from_array(np.array([0, 0, -1], np.int64), "wide"))
    single = TensorProto.FLOAT
    given = [helper.make_tensor_value_info("x", single, ["T", "B", case.features])]
    given += [helper.make_tensor_value_info(name, single, [1, "B", case.hidden]) for name in before]
    if case.varied:
        given.append(helper.make_tensor_value_info("lengths", TensorProto.INT32, ["B"]))
    made = [helper.make_tensor_value_info(name, single, [1, "B", case.hidden]) for name in after]
    made = made or [helper.make_tensor_value_info("y", single, ["T", "B", case.directions * case.hidden])]
    graph = helper.make_graph(nodes[:1] if stateful else nodes, "case", given, made, held)
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=FORMAT)


def _recurrent(case: Case, inputs: list[str], outputs: list[str]):  # noqa: ANN202 - as above
    more = {"linear_before_reset": 1} if case.cell == "GRU" else {}
    direction = "bidirectional" if case.bidirectional else "forward"
    return helper.make_node(OPERATORS[case.cell], inputs, outputs, hidden_size=case.hidden, direction=direction, **more)


def _weights(case: Case, of_layer: list[LayerWeights]) -> list[np.ndarray]:
    """Weights as ONNX has them, directions first: [D, G H, F], [D, G H, H], [D, 2 G H]."""

    def gates(matrix: np.ndarray) -> np.ndarray:
        parts = np.split(matrix, GATES[case.cell])
        return np.concatenate([parts[gate] for gate in ORDERS[case.cell]])

    return [
        np.stack([gates(weights.input) for weights in of_layer]),
        np.stack([gates(weights.recurrent) for weights in of_layer]),
        np.stack([np.concatenate([gates(w.input_bias), gates(w.recurrent_bias)]) for w in of_layer]),
    ]


if __name__ == "__main__":
    serve(prepare, {"onnxruntime": onnxruntime.__version__})
