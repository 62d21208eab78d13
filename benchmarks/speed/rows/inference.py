"""Inference: whole sequences, single steps, and many streams."""

from benchmarks.speed.case import Case
from benchmarks.speed.row import Row
from benchmarks.speed.rows.training import PEAK, equal, varied
from benchmarks.speed.target import AtMost, Faster

SMALL = {"hidden": (16, 32, 64)}
ROWS = (
    Row(
        "inference",
        "Inference, equal lengths",
        "Outputs of all steps.",
        equal("infer", "LSTM", "GRU", "Elman"),
        ("seqloom", "onnxruntime", "torch_nn", PEAK),
        (Faster(("onnxruntime",), each=0.85, mean=1.1), Faster(("torch_nn",), each=0.85, mean=1.1)),
    ),
    Row(
        "inference-lengths",
        "Inference, different lengths",
        "Outputs of all steps. ONNX Runtime is told the lengths.",
        varied("infer"),
        ("seqloom", "onnxruntime", "torch_nn/padded", "torch_nn/packed", PEAK),
        (
            Faster(("onnxruntime",), each=0.85, mean=1.1),
            Faster(("torch_nn/padded", "torch_nn/packed"), each=0.85, mean=1.1),
        ),
    ),
    Row(
        "one-stream",
        "One stream, one step",
        "One reading in, the state kept, one output out, called from Python; median, and the slowest of a hundred.",
        tuple(Case("step", hidden=hidden) for hidden in (16, 32, 64, 128, 256)),
        ("seqloom", "onnxruntime", "torch_nn/cell", "torch_nn/layer"),
        (
            Faster(("onnxruntime",), each=6.0, where=SMALL),
            AtMost("seqloom", 3e-6, where=SMALL),
            Faster(("onnxruntime",), each=3.0, where={"hidden": (128,)}),
            Faster(("onnxruntime",), each=1.8, where={"hidden": (256,)}),
        ),
        shown="slow",
    ),
    Row(
        "many-streams",
        "Many streams",
        "Up to 1,000 of the streams at a time, in an order without order, have a reading: gather their states, step, "
        "put them back. For ONNX Runtime NumPy gathers and puts back. Time per stream and step, memory per stream.",
        tuple(Case("streams", hidden=hidden, streams=n) for n in (1_000, 10_000, 100_000) for hidden in (32, 64, 128)),
        ("seqloom", "onnxruntime"),
        (Faster(("onnxruntime",), each=1.5),),
        shown="step",
    ),
)
