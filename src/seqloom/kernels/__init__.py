"""The compiled engine: recurrences over packed rows, near the machine's limit, from readable Python."""

from seqloom.kernels.activation import Activation as Activation
from seqloom.kernels.activation import Elu as Elu
from seqloom.kernels.activation import Relu as Relu
from seqloom.kernels.activation import Sigmoid as Sigmoid
from seqloom.kernels.activation import Tanh as Tanh
from seqloom.kernels.elman import elman as elman
from seqloom.kernels.gru import GRU as GRU
from seqloom.kernels.layer import Weights as Weights
from seqloom.kernels.lstm import lstm as lstm
from seqloom.kernels.run import Kernel as Kernel
from seqloom.kernels.run import Pass as Pass
from seqloom.kernels.run import run as run
from seqloom.kernels.run import run_back as run_back
from seqloom.kernels.step import Slabs as Slabs
from seqloom.kernels.step import misplaced as misplaced
from seqloom.kernels.vector import VECTOR_BYTES as VECTOR_BYTES

__all__ = [
    "GRU",
    "VECTOR_BYTES",
    "Activation",
    "Elu",
    "Kernel",
    "Pass",
    "Relu",
    "Sigmoid",
    "Slabs",
    "Tanh",
    "Weights",
    "elman",
    "lstm",
    "misplaced",
    "run",
    "run_back",
]
