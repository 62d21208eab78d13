"""A GRU of 32 units for peers: four numbers in, one out, a state by its side; run by ONNX Runtime."""

import threading

import numpy as np
import onnxruntime
from onnx import TensorProto, helper, numpy_helper

INPUTS, HIDDEN = 4, 32
OPSET, FORMAT = 17, 9


class Streams:
    """A state for each stream, in memory only."""

    def __init__(self) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        model = _graph().SerializeToString()
        self._session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
        self._states: dict[str, np.ndarray] = {}
        self._counts: dict[str, int] = {}
        self._lock = threading.Lock()

    def step(self, stream: str, a: float, b: float, mode: str) -> tuple[float, int]:
        """One reading further: the answer, and how many readings came so far."""
        x = np.array([[[a, b, mode == "on", mode == "off"]]], np.float32)
        with self._lock:
            before = self._states.get(stream)
            if before is None:
                before = np.zeros((1, 1, HIDDEN), np.float32)
            level, after = self._session.run(["level", "after"], {"x": x, "before": before})
            self._states[stream] = after
            count = self._counts[stream] = self._counts.get(stream, 0) + 1
        return float(level.ravel()[0]), count


def _graph():  # noqa: ANN202 - onnx has no name for it at the top
    rng = np.random.default_rng(0)
    shapes = {"W": (1, 3 * HIDDEN, INPUTS), "R": (1, 3 * HIDDEN, HIDDEN), "B": (1, 6 * HIDDEN), "V": (HIDDEN, 1)}
    held = [numpy_helper.from_array(rng.normal(0, 0.1, s).astype(np.float32), n) for n, s in shapes.items()]
    nodes = [
        helper.make_node("GRU", ["x", "W", "R", "B", "", "before"], ["", "after"], hidden_size=HIDDEN),
        helper.make_node("MatMul", ["after", "V"], ["level"]),
    ]
    single = TensorProto.FLOAT
    given = [
        helper.make_tensor_value_info("x", single, [1, 1, INPUTS]),
        helper.make_tensor_value_info("before", single, [1, 1, HIDDEN]),
    ]
    made = [
        helper.make_tensor_value_info("level", single, [1, 1, 1]),
        helper.make_tensor_value_info("after", single, [1, 1, HIDDEN]),
    ]
    graph = helper.make_graph(nodes, "gru", given, made, held)
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=FORMAT)
