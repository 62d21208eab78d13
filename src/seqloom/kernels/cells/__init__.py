"""The cells the engine has compiled code for, one file each."""

from seqloom.kernels.cells.elman import elman as elman
from seqloom.kernels.cells.gru import GRU as GRU
from seqloom.kernels.cells.lru import LRU as LRU
from seqloom.kernels.cells.lstm import lstm as lstm
from seqloom.kernels.cells.mingru import MINGRU as MINGRU
from seqloom.kernels.cells.minlstm import MINLSTM as MINLSTM
from seqloom.kernels.cells.norm_lstm import norm_lstm as norm_lstm
from seqloom.kernels.cells.peephole_lstm import peephole_lstm as peephole_lstm
from seqloom.kernels.cells.reset_gru import RESET_GRU as RESET_GRU
from seqloom.kernels.cells.slstm import SLSTM as SLSTM

__all__ = ["GRU", "LRU", "MINGRU", "MINLSTM", "RESET_GRU", "SLSTM", "elman", "lstm", "norm_lstm", "peephole_lstm"]
