"""The compiled engine: recurrences over packed rows, near the machine's limit, from readable Python."""

from seqloom.kernels.activation import Activation as Activation
from seqloom.kernels.activation import Elu as Elu
from seqloom.kernels.activation import Relu as Relu
from seqloom.kernels.activation import Sigmoid as Sigmoid
from seqloom.kernels.activation import Tanh as Tanh
from seqloom.kernels.back import run_back as run_back
from seqloom.kernels.cells import GRU as GRU
from seqloom.kernels.cells import LRU as LRU
from seqloom.kernels.cells import MINGRU as MINGRU
from seqloom.kernels.cells import MINLSTM as MINLSTM
from seqloom.kernels.cells import RESET_GRU as RESET_GRU
from seqloom.kernels.cells import SLSTM as SLSTM
from seqloom.kernels.cells import elman as elman
from seqloom.kernels.cells import lstm as lstm
from seqloom.kernels.cells import norm_lstm as norm_lstm
from seqloom.kernels.cells import peephole_lstm as peephole_lstm
from seqloom.kernels.kernel import Kernel as Kernel
from seqloom.kernels.kernel import State as State
from seqloom.kernels.layer import NORM_EPSILON as NORM_EPSILON
from seqloom.kernels.layer import Weights as Weights
from seqloom.kernels.run import Pass as Pass
from seqloom.kernels.run import run as run
from seqloom.kernels.segments import Layer as Layer
from seqloom.kernels.segments import Outline as Outline
from seqloom.kernels.segments import outline as outline
from seqloom.kernels.segments import outline_back as outline_back
from seqloom.kernels.step import Slabs as Slabs
from seqloom.kernels.step import misplaced as misplaced
from seqloom.kernels.vector import VECTOR_BYTES as VECTOR_BYTES

__all__ = [
    "GRU",
    "LRU",
    "MINGRU",
    "MINLSTM",
    "NORM_EPSILON",
    "RESET_GRU",
    "SLSTM",
    "VECTOR_BYTES",
    "Activation",
    "Elu",
    "Kernel",
    "Layer",
    "Outline",
    "Pass",
    "Relu",
    "Sigmoid",
    "Slabs",
    "State",
    "Tanh",
    "Weights",
    "elman",
    "lstm",
    "misplaced",
    "norm_lstm",
    "outline",
    "outline_back",
    "peephole_lstm",
    "run",
    "run_back",
]
