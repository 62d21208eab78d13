"""Recurrent layers over packed rows, and what stands before and behind them."""

from seqloom.nn.accelerate import accelerate as accelerate
from seqloom.nn.attention import AdditiveAttention as AdditiveAttention
from seqloom.nn.attention import Attention as Attention
from seqloom.nn.attention import Memory as Memory
from seqloom.nn.attention import MultiplicativeAttention as MultiplicativeAttention
from seqloom.nn.attention import build_attention as build_attention
from seqloom.nn.band import band as band
from seqloom.nn.cell import Cell as Cell
from seqloom.nn.cell import Weights as Weights
from seqloom.nn.cnn import ConvolutionalReader as ConvolutionalReader
from seqloom.nn.conv import Convolution as Convolution
from seqloom.nn.conv import ConvolutionStack as ConvolutionStack
from seqloom.nn.crf import LinearChain as LinearChain
from seqloom.nn.deep_sets import DeepSets as DeepSets
from seqloom.nn.drop_in import EngineWarning as EngineWarning
from seqloom.nn.elman import ElmanCell as ElmanCell
from seqloom.nn.embed import Embedding as Embedding
from seqloom.nn.embed import embedding_width as embedding_width
from seqloom.nn.embed import lookup as lookup
from seqloom.nn.frame_head import AutoregressiveHead as AutoregressiveHead
from seqloom.nn.frame_head import FrameHead as FrameHead
from seqloom.nn.frame_head import IndependentHead as IndependentHead
from seqloom.nn.gru import GRUCell as GRUCell
from seqloom.nn.initialise import initialise as initialise
from seqloom.nn.layers import GRU as GRU
from seqloom.nn.layers import LSTM as LSTM
from seqloom.nn.layers import RNN as RNN
from seqloom.nn.lru import LRUCell as LRUCell
from seqloom.nn.lstm import LSTMCell as LSTMCell
from seqloom.nn.mingru import MinGRUCell as MinGRUCell
from seqloom.nn.minlstm import MinLSTMCell as MinLSTMCell
from seqloom.nn.normal import draw_normal as draw_normal
from seqloom.nn.pool import AttentionPool as AttentionPool
from seqloom.nn.pool import LastPool as LastPool
from seqloom.nn.pool import MaxPool as MaxPool
from seqloom.nn.pool import MeanPool as MeanPool
from seqloom.nn.pool import Pool as Pool
from seqloom.nn.pool import build_pool as build_pool
from seqloom.nn.pool import running as running
from seqloom.nn.reader import Reader as Reader
from seqloom.nn.reader import WholeReader as WholeReader
from seqloom.nn.scan import triton_installed as triton_installed
from seqloom.nn.slstm import SLSTMCell as SLSTMCell
from seqloom.nn.softmax import log_softmax_chunks as log_softmax_chunks
from seqloom.nn.softmax import softmax_loss as softmax_loss
from seqloom.nn.spectral import spectral_radius as spectral_radius
from seqloom.nn.stack import Options as Options
from seqloom.nn.stack import Recurrent as Recurrent
from seqloom.nn.state import ElmanState as ElmanState
from seqloom.nn.state import GRUState as GRUState
from seqloom.nn.state import LinearState as LinearState
from seqloom.nn.state import LSTMState as LSTMState
from seqloom.nn.state import SLSTMState as SLSTMState
from seqloom.nn.state import State as State
from seqloom.nn.state import parts_of as parts_of
from seqloom.nn.state import state_of as state_of
from seqloom.nn.streams import Streams as Streams
from seqloom.nn.tcn import TemporalConvolutions as TemporalConvolutions
from seqloom.nn.transformer import TransformerReader as TransformerReader
from seqloom.nn.unroll import unroll as unroll

__all__ = [
    "GRU",
    "LSTM",
    "RNN",
    "AdditiveAttention",
    "Attention",
    "AttentionPool",
    "AutoregressiveHead",
    "Cell",
    "Convolution",
    "ConvolutionStack",
    "ConvolutionalReader",
    "DeepSets",
    "ElmanCell",
    "ElmanState",
    "Embedding",
    "EngineWarning",
    "FrameHead",
    "GRUCell",
    "GRUState",
    "IndependentHead",
    "LRUCell",
    "LSTMCell",
    "LSTMState",
    "LastPool",
    "LinearChain",
    "LinearState",
    "MaxPool",
    "MeanPool",
    "Memory",
    "MinGRUCell",
    "MinLSTMCell",
    "MultiplicativeAttention",
    "Options",
    "Pool",
    "Reader",
    "Recurrent",
    "SLSTMCell",
    "SLSTMState",
    "State",
    "Streams",
    "TemporalConvolutions",
    "TransformerReader",
    "Weights",
    "WholeReader",
    "accelerate",
    "band",
    "build_attention",
    "build_pool",
    "draw_normal",
    "embedding_width",
    "initialise",
    "log_softmax_chunks",
    "lookup",
    "parts_of",
    "running",
    "softmax_loss",
    "spectral_radius",
    "state_of",
    "triton_installed",
    "unroll",
]
