"""Streams that live on: states of many sequences, taken a step further in place when readings arrive."""

import numpy as np
import torch
from numpy.typing import NDArray

from seqloom import kernels
from seqloom.errors import DataError, SettingsError
from seqloom.nn import compiled
from seqloom.nn.cell import Weights
from seqloom.nn.stack import Recurrent
from seqloom.nn.state import State
from seqloom.sequence import Array

Places = NDArray[np.int64]


class Streams:
    """States of many streams through a stack of recurrent layers, in memory side by side.

    A step is what `Recurrent.step` does, without new tensors for every state: the engine reads the states of the
    streams that have a reading where they are, and writes them back there. The numbers are those of
    `Recurrent.sequence`, bit by bit. The weights are those the layers had when the streams were made.

    Args:
        layers: the stack, on the CPU, in single or double precision; reads forward only.
        count: how many streams, `S`; each starts from the initial state.

    Raises:
        SettingsError: there are no streams, or the layers are none the engine can step.

    Example:
        >>> from seqloom.nn import LSTMCell
        >>> streams = Streams(Recurrent(LSTMCell(), 2, 4), count=1000)
        >>> readings = np.ones((3, 2), dtype=np.float32)
        >>> streams.step(readings, np.array([17, 4, 512])).shape
        (3, 4)
    """

    def __init__(self, layers: Recurrent, count: int) -> None:
        kernel = _kernel_of(layers, count)
        self.layers, self.count = layers, count
        with torch.no_grad():
            weights = [layers.cell.prepare(layers.weights(layer)) for layer in range(layers.layers)]
        self._slabs = [
            kernels.Slabs(kernel, kernels.Weights(*(part.detach().numpy() for part in own[: compiled.READ])), count)
            for own in weights
        ]
        self._stack = [
            (slabs, own if len(own.output) else None) for slabs, own in zip(self._slabs, weights, strict=True)
        ]
        self._every, self._features = np.arange(count), layers.input_size
        self._taken = np.zeros(count, dtype=np.bool_)
        self._precision = self._slabs[0].hidden.dtype
        self.put(layers.initial_state(count))

    def step(self, readings: Array, places: Array | None = None) -> Array:
        """Take streams one step further.

        Args:
            readings: the features of each stream's step, [K, F].
            places: which streams these are, all different, int64, [K]; None: all of them, in order.

        Returns:
            The output of the top layer for each, [K, H].

        Raises:
            DataError: readings of another shape, or a place that is not there or named twice; no state has changed.
        """
        places = self._every if places is None else self._checked(places)
        if readings.shape != (len(places), self._features):
            expected = f"the shape [{len(places)}, {self._features}]"
            fix = "give one row of features for each place"
            raise DataError("readings of a step", expected=expected, came=str(list(readings.shape)), fix=fix)
        rows = np.ascontiguousarray(readings, self._precision)
        threads = torch.get_num_threads() if len(places) > 1 else 1
        for slabs, shown_by in self._stack:
            hidden = slabs.step(rows, places, threads)
            rows = hidden if shown_by is None else self._shown(shown_by, rows, hidden)
        return rows

    def state(self, places: Array | None = None) -> State:
        """A copy of the states of streams, [L, K, H].

        Args:
            places: which streams, [K]; None: all of them.

        Raises:
            DataError: a place that is not there or named twice.
        """
        places = self._checked(places)
        parts = [[part[places] for part in slabs.state] for slabs in self._slabs]
        tensors = (torch.from_numpy(np.stack(of_layers)) for of_layers in zip(*parts, strict=True))
        return self.layers.cell.initial_state(torch.empty(0))._make(tensors)  # type: ignore[no-any-return]  # the cell decides which state it is

    def put(self, state: State, places: Array | None = None) -> None:
        """Give streams a state: an earlier one, or the initial one of a stream that begins anew.

        Args:
            state: of each, [L, K, H].
            places: which streams, [K]; None: all of them.

        Raises:
            DataError: a state of another shape, or a place that is not there or named twice.
        """
        places = self._checked(places)
        shape = (len(self._slabs), len(places), self._slabs[0].hidden.shape[1])
        for tensor in state:
            if tuple(tensor.shape) != shape:
                fix = "give one state for each place"
                raise DataError(
                    "state of streams", expected=f"the shape {list(shape)}", came=str(list(tensor.shape)), fix=fix
                )
        for layer, slabs in enumerate(self._slabs):
            for part, tensor in zip(slabs.state, state, strict=True):
                part[places] = tensor[layer].detach().numpy()

    def _shown(self, weights: Weights, rows: Array, hidden: Array) -> Array:
        """What the next layer gets to see, where that is not the hidden vector."""
        with torch.no_grad():
            shown: Array = self.layers.cell.output(weights, torch.from_numpy(rows), torch.from_numpy(hidden)).numpy()
        return shown

    def _checked(self, places: Array | None) -> Places:
        if places is None:
            return self._every
        if places.dtype != np.int64 or places.ndim != 1:
            came = f"{places.dtype} of {places.ndim} dimensions"
            raise DataError("places", expected="int64 of one dimension", came=came, fix="pass np.array([...])")
        places = np.ascontiguousarray(places)
        wrong = kernels.misplaced(places, self._taken)
        if wrong >= 0:
            expected = f"places from 0 to {self.count - 1}, each once"
            came = f"{places[wrong]}" + (" again" if 0 <= places[wrong] < self.count else "")
            raise DataError(f"places, row {wrong}", expected=expected, came=came, fix="give one reading to a stream")
        return places


def _kernel_of(layers: Recurrent, count: int) -> kernels.Kernel:
    """The kernel that steps these layers."""
    if count < 1:
        raise SettingsError("count", expected="a number of at least 1", came=repr(count), fix="correct it")
    if layers.bidirectional:
        fix = "build the network with bidirectional=False"
        raise SettingsError(
            "streams", expected="layers that read forward only", came="bidirectional ones, which need the end", fix=fix
        )
    first = layers.weights(0).input
    if not compiled.serves(*layers.parameters()):
        raise SettingsError(
            "streams",
            expected="layers with weights in single or double precision on the CPU",
            came=f"{type(layers.cell).__name__} with {first.dtype} on {first.device}",
            fix="use `step` of the layers, or move them with .to('cpu', torch.float32)",
        )
    kernel: kernels.Kernel = layers.cell.kernel
    return kernel
