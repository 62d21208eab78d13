"""What the layers that stand in for torch's have in common."""

import warnings
from abc import abstractmethod
from collections.abc import Sequence
from copy import copy
from typing import Any, ClassVar

import torch
from torch import Tensor, nn
from torch.nn.utils.rnn import PackedSequence

from seqloom.errors import SettingsError
from seqloom.nn import compiled
from seqloom.nn.cell import Cell, Weights
from seqloom.nn.directions import read
from seqloom.nn.dropout import keep_mask
from seqloom.nn.layout import Layout, layout_of
from seqloom.nn.plain import plain
from seqloom.sequence import Packed

Hidden = Tensor | Sequence[Tensor]
"""A state as torch takes it: hidden vectors, or these and the memory cells of an LSTM."""


class EngineWarning(UserWarning):
    """A recurrent layer that one would expect the compiled engine to run, and that torch runs."""


class DropIn(nn.RNNBase):
    """A recurrent layer of torch, run by the compiled engine.

    All but `forward` is torch's own: arguments, weights and their names, layouts, errors. So is `forward` where the
    engine does not serve: on a GPU, under autocast, in half precision, with projections, where a call is traced,
    compiled, exported or transformed, and where shapes do not fit, so that torch may say so.
    """

    original: ClassVar[type[nn.RNNBase]]
    """The layer of torch it stands in for."""

    _announced: frozenset[str] = frozenset()

    @property
    @abstractmethod
    def cell(self) -> Cell[Any]:
        """What happens in a step."""

    def forward(
        self,
        input: Tensor | PackedSequence,  # noqa: A002 - torch's name
        hx: Hidden | None = None,
        *,
        generator: torch.Generator | None = None,
    ) -> tuple[Tensor | PackedSequence, Any]:
        """Run over all steps of all sequences.

        Args:
            input: [T, B, F], with `batch_first` [B, T, F], one sequence [T, F], or packed rows.
            hx: the state before the first step, [L * D, B, H], of one sequence [L * D, H]; of an LSTM two of these.
                None: zeros.
            generator: where dropout between layers takes its randomness from; None: torch's default generator.

        Returns:
            The outputs of the top layer, laid out as the input, and the state after the last step, as `hx`.

        Raises:
            SettingsError: a generator for a dropout that torch's own kernels have to draw.
        """
        frames = torch._C._dynamo.eval_frame  # noqa: SLF001 - torch has no public name for it
        if not torch.compiler.is_compiling() and frames.get_eval_frame_callback():
            return self._apart(input, hx, generator)
        return self._forward(input, hx, generator)

    def _forward(
        self, given: Tensor | PackedSequence, hx: Hidden | None, generator: torch.Generator | None
    ) -> tuple[Tensor | PackedSequence, Any]:
        """Run over all steps of all sequences, as `forward`."""
        call = self._served(given, hx)
        if call is None:
            if isinstance(given, PackedSequence):
                self.check_input(given.data, given.batch_sizes)  # torch's LSTM forgets to, and reads what is not there
            results = super().forward(given, hx)
            self._refuse(generator)  # after torch has had its say on shapes
            return results  # type: ignore[no-any-return]  # torch does not annotate it
        layout, weights = call
        state = [layout.start(part) for part in _parts(hx)]
        final, outputs = self._run(layout.rows, weights, state, generator)
        parts = tuple(layout.final(part) for part in final)
        return layout.outputs(outputs), parts if len(parts) > 1 else parts[0]

    _apart = torch._disable_dynamo(_forward)  # type: ignore[attr-defined]  # noqa: SLF001 - the public name would load the compiler with the package
    """The same in a compiled model, which torch compiles around recurrent layers: nothing below is compiled."""

    def __prepare_scriptable__(self) -> nn.Module:
        """For TorchScript, which cannot read the engine: torch's layer around the same weights.

        TorchScript puts it into the model it is given, too; `accelerate` takes it out again.
        """
        layer = copy(self)
        layer.__class__ = self.original  # type: ignore[assignment]  # it has the attributes of one
        return layer

    def _served(
        self, given: Tensor | PackedSequence, hx: Hidden | None
    ) -> tuple[Layout, Sequence[Sequence[Tensor]]] | None:
        """How the sequences of a call lie, and the weights to use; None if the call is torch's."""
        numbers, parts = given.data if isinstance(given, PackedSequence) else given, _parts(hx)
        if not plain(numbers, *parts):
            return None
        weights = self.all_weights
        precision = weights[0][0].dtype
        if self.proj_size or precision not in compiled.PRECISIONS:
            if numbers.device.type == "cpu" and not torch.is_autocast_enabled("cpu"):
                self._announce(precision)
            return None
        layout = layout_of(given, batch_first=self.batch_first)
        if layout is None or not self._fits(layout, hx) or not self._sound(weights):
            return None
        flat = [weight for own in weights for weight in own]
        return (layout, weights) if plain(*flat) and compiled.serves(numbers, *flat, *parts) else None

    def _fits(self, layout: Layout, hx: Hidden | None) -> bool:
        """Whether input and state have the shapes torch asks for."""
        if layout.numbers.shape[-1] != self.input_size:
            return False
        shape = layout.state_shape(self.num_layers * self._directions, self.hidden_size)
        parts = len(self.cell.initial_state(layout.numbers))
        alike = isinstance(hx, Tensor) == (parts == 1) and len(_parts(hx)) == parts
        return hx is None or (alike and all(tuple(part.shape) == shape for part in _parts(hx)))

    def _sound(self, weights: Sequence[Sequence[Tensor]]) -> bool:
        """Whether weights, which may come from elsewhere, have the shapes of this layer."""
        rows, wide = self.cell.gates * self.hidden_size, self._directions * self.hidden_size
        for index, (of_input, recurrent, *biases) in enumerate(weights):
            width = self.input_size if index < self._directions else wide
            if of_input.shape != (rows, width) or recurrent.shape != (rows, self.hidden_size):
                return False
            if any(bias.shape != (rows,) for bias in biases):
                return False
        return True

    def _run(
        self,
        rows: Packed,
        weights: Sequence[Sequence[Tensor]],
        state: Sequence[Tensor],
        generator: torch.Generator | None,
    ) -> tuple[list[Tensor], Tensor]:
        """The final state, [L * D, B, H] for each of its parts, and the outputs, [N, D * H]."""
        cell = self.cell
        zeros = cell.initial_state(rows.values.new_zeros(rows.batch_size, self.hidden_size))
        starts = [type(zeros)(*(part[n] for part in state)) if state else zeros for n in range(len(weights))]
        finals: list[Any] = []
        for first in range(0, len(weights), self._directions):
            if first and self._drops:
                kept = keep_mask(tuple(rows.values.shape), self.dropout, rows.values, generator)
                rows = rows.with_values(rows.values * kept)
            both = slice(first, first + self._directions)
            own, rows = read(cell, [_weights(of_one) for of_one in weights[both]], starts[both], rows)
            finals += own
        parts = zip(*finals, strict=True)
        return [torch.stack(part) if len(part) > 1 else part[0].unsqueeze(0) for part in parts], rows.values

    @property
    def _directions(self) -> int:
        return 2 if self.bidirectional else 1

    @property
    def _drops(self) -> bool:
        return self.training and self.dropout > 0 and self.num_layers > 1

    def _refuse(self, generator: torch.Generator | None) -> None:
        """Torch's kernels know no generator but the default one."""
        if generator is not None and self._drops:
            raise SettingsError(
                "generator",
                expected="a call that the compiled engine serves",
                came="one for torch's own kernels, which draw dropout from the default generator",
                fix="leave it out, or give float32 or float64 on the CPU",
            )

    def _announce(self, precision: torch.dtype) -> None:
        """Say once what keeps the engine from running this layer."""
        expected, came = (
            ("proj_size=0", f"{self.proj_size}") if self.proj_size else ("float32 or float64", f"{precision}")
        )
        if expected not in self._announced:
            self._announced |= {expected}
            message = f"{self}: expected {expected} for the compiled engine, came {came}; torch's own kernels run it"
            warnings.warn(message, EngineWarning, stacklevel=7)  # where the layer is called


def _parts(hx: Hidden | None) -> tuple[Tensor, ...]:
    """The tensors of a state."""
    if hx is None:
        return ()
    return (hx,) if isinstance(hx, Tensor) else tuple(hx)


def _weights(own: Sequence[Tensor]) -> Weights:
    """The weights of a layer and direction, with zeros for biases it does not have."""
    matrix, recurrent, *biases = own
    without = [matrix.new_zeros(len(matrix))] * 2
    return Weights(matrix, recurrent, *(biases or without), *[recurrent[:0]] * 2)
