"""Recurrent layers on top of each other, in one or both directions."""

import math
from typing import Any, TypedDict, Unpack

import torch
from jaxtyping import Float
from torch import Tensor, nn

from seqloom.errors import DataError, SettingsError
from seqloom.nn.cell import Cell, Weights
from seqloom.nn.directions import read
from seqloom.nn.dropout import check_rate, keep_mask
from seqloom.nn.reader import Reader
from seqloom.nn.state import State, layer_of, stack
from seqloom.sequence import Packed


class Options(TypedDict, total=False):
    """What all recurrent layers may be told by name.

    Args:
        bidirectional: whether each layer also reads every sequence from its end; outputs are then twice as wide.
        dropout: share of a layer's outputs the next layer does not see in training; no effect on a single layer.
        variational_dropout: share of inputs and of hidden features hidden from the weights in training, the same
            ones at every step of a sequence (Gal & Ghahramani, "A theoretically grounded application of dropout in
            recurrent neural networks", NeurIPS 2016).
        weight_dropout: share of the recurrent weights that are zero in training, the same ones at every step of a batch
            (Merity, Keskar & Socher, "Regularizing and optimizing LSTM language models", ICLR 2018).
        learned_state: whether the initial state is learned rather than zero.
        recompute: whether the way back computes again what it needs of the way there: half as much time again in
            training, and a fraction of the memory.
    """

    bidirectional: bool
    dropout: float
    variational_dropout: float
    weight_dropout: float
    learned_state: bool
    recompute: bool


class Recurrent(Reader):
    """A stack of recurrent layers over packed rows: state in, state out.

    Weights carry the names and shapes of `torch.nn.LSTM` and its siblings, so that a state_dict fits both; a learned
    initial state adds `initial_hidden` (and `initial_cell`), [L * D, 1, H].

    Args:
        cell: what happens in a step.
        input_size: `F`.
        hidden_size: `H`.
        layers: `L`.
        options: see `Options`.

    Raises:
        SettingsError: a size is below 1, a rate is no share, or an option has no such name.
    """

    def __init__(
        self, cell: Cell[Any], input_size: int, hidden_size: int, layers: int = 1, **options: Unpack[Options]
    ) -> None:
        super().__init__()
        for name in options.keys() - Options.__annotations__.keys():
            raise SettingsError(
                name, expected=f"one of {', '.join(Options.__annotations__)}", came=name, fix="correct it"
            )
        for name, size in (("input_size", input_size), ("hidden_size", hidden_size), ("layers", layers)):
            if size < 1:
                raise SettingsError(name, expected="a number of at least 1", came=repr(size), fix="correct it")
        self.cell = cell
        self.input_size, self.hidden_size, self.layers = input_size, hidden_size, layers
        self.directions = 2 if options.get("bidirectional", False) else 1
        self.dropout = options.get("dropout", 0.0)
        self.variational_dropout = options.get("variational_dropout", 0.0)
        self.weight_dropout = options.get("weight_dropout", 0.0)
        self.recompute = options.get("recompute", False)
        check_rate("dropout", self.dropout)
        check_rate("variational_dropout", self.variational_dropout)
        check_rate("weight_dropout", self.weight_dropout)
        self._names = [_weight_names(i // self.directions, i % self.directions) for i in range(self._depth)]
        for index in range(self._depth):
            self._add_weights(index)
        self._learned = self._add_state() if options.get("learned_state", False) else ()
        self.reset_parameters()

    @property
    def output_size(self) -> int:
        """Width of the outputs, `D * H`."""
        return self.directions * self.hidden_size

    @property
    def bidirectional(self) -> bool:
        """Whether sequences are also read from their end."""
        return self.directions > 1

    @property
    def carries(self) -> bool:
        """Whether the state sums up all steps so far."""
        return not self.bidirectional

    def reset_parameters(self, generator: torch.Generator | None = None) -> None:
        """Draw all weights as torch does, uniformly in ±1/√H, unless the cell knows better; a learned state is zero."""
        bound = 1 / math.sqrt(self.hidden_size)
        for index in range(self._depth):
            weights = self.weights(index)
            for weight in weights:
                nn.init.uniform_(weight, -bound, bound, generator=generator)
            self.cell.reset(weights, generator)
        for name in self._learned:
            nn.init.zeros_(self.get_parameter(name))

    def weights(self, index: int) -> Weights:
        """The weights of layer `index // D` in direction `index % D`; those the cell does not have have no rows."""
        return Weights(*(getattr(self, name) for name in self._names[index]))

    def initial_state(self, batch_size: int) -> State:
        """The state before the first step, zero or learned, [L * D, B, H]."""
        if self._learned:
            learned = [self.get_parameter(name).expand(-1, batch_size, -1) for name in self._learned]
            state: State = type(self.cell.initial_state(learned[0]))(*learned)
            return state
        first: Tensor = getattr(self, self._names[0][0])
        zeros = first.new_zeros(self._depth, batch_size, self._width)
        return self.cell.initial_state(zeros)  # type: ignore[no-any-return]  # the cell decides which state it is

    def sequence(
        self, state: State | None, rows: Packed, *, generator: torch.Generator | None = None
    ) -> tuple[State, Packed]:
        """Run over all steps of a batch of sequences; it calls the module, so that torch's hooks see what is read.

        Args and returns: see `forward`.
        """
        final, outputs = self(state, rows, generator=generator)
        return final, outputs

    def forward(
        self, state: State | None, rows: Packed, *, generator: torch.Generator | None = None
    ) -> tuple[State, Packed]:
        """Run over all steps of a batch of sequences.

        Args:
            state: of each sequence before its first step, [L * D, B, H]; None: the initial one.
            rows: the steps, packed, [N, F].
            generator: where dropout takes its randomness from; None: torch's default generator.

        Returns:
            The state after each sequence's own last step (in reverse: its first), and the outputs, [N, D * H].

        Raises:
            DataError: rows or state are of another shape.
        """
        self._check("rows of a sequence", rows.values, (int(rows.sizes.sum()), self.input_size))
        if state is None:
            state = self.initial_state(rows.batch_size)
        self._check("state of a sequence", state.hidden, (self._depth, rows.batch_size, self._width))
        if rows.steps == 0:
            return state, rows.with_values(rows.values.new_zeros(0, self.output_size))
        finals: list[State] = []
        for layer in range(self.layers):
            rows = self._drop(rows, layer, generator)
            both = range(layer * self.directions, (layer + 1) * self.directions)
            weights = [self._thinned(self.weights(index), generator) for index in both]
            states = [layer_of(state, index) for index in both]
            kept = [self._kept(rows, generator) for _ in both]
            own, rows = read(self.cell, weights, states, rows, kept, recompute=self.recompute)
            finals += own
        return stack(finals), rows

    def step(self, state: State, x: Float[Tensor, "B F"]) -> tuple[State, Float[Tensor, "B H"]]:
        """Run over one step of every sequence, as when readings arrive one by one; without dropout.

        Args:
            state: of each sequence before the step, [L, B, H].
            x: the step's features.

        Returns:
            The state after the step, and the output of the top layer.

        Raises:
            SettingsError: the layers are bidirectional: the end of a sequence is not known at its first step.
            DataError: the features or the state are of another shape.
        """
        if self.bidirectional:
            raise SettingsError(
                "step of a bidirectional network",
                expected="layers that read forward only",
                came="bidirectional=True",
                fix="use `sequence`, or build the network with bidirectional=False",
            )
        self._check("features of a step", x, (state.hidden.shape[1], self.input_size))
        self._check("state of a step", state.hidden, (self._depth, x.shape[0], self._width))
        after: list[State] = []
        for layer in range(self.layers):
            weights = self.cell.prepare(self.weights(layer))
            final, hidden = self.cell.step(weights, layer_of(state, layer), self.cell.project(weights, x))
            after.append(final)
            x = self.cell.output(weights, x, hidden)
        return stack(after), x

    @property
    def _depth(self) -> int:
        """Layers times directions."""
        return self.layers * self.directions

    @property
    def _width(self) -> int:
        """Numbers of a hidden vector."""
        return self.cell.width(self.hidden_size)

    def _shapes(self, index: int) -> tuple[tuple[int, ...], ...]:
        """The shapes of the weights of one layer and direction."""
        return self.cell.shapes(self.input_size if index < self.directions else self.output_size, self.hidden_size)

    def _add_weights(self, index: int) -> None:
        """Register the weights of one layer and direction; those the cell does not have are not learned, nor saved."""
        for name, shape in zip(self._names[index], self._shapes(index), strict=True):
            if shape[0]:
                self.register_parameter(name, nn.Parameter(torch.empty(shape)))
            else:
                self.register_buffer(name, torch.empty(shape), persistent=False)

    def _add_state(self) -> tuple[str, ...]:
        """Register one initial vector per part of the state, layer and direction; returns their names."""
        parts = self.cell.initial_state(torch.empty(0))._fields
        names = tuple(f"initial_{part}" for part in parts)
        for name in names:
            self.register_parameter(name, nn.Parameter(torch.empty(self._depth, 1, self._width)))
        return names

    def _drop(self, rows: Packed, layer: int, generator: torch.Generator | None) -> Packed:
        """The rows a layer gets to see: dropout between layers, then variational dropout per sequence."""
        values = rows.values
        if self.training and self.dropout > 0 and layer > 0:
            values = values * keep_mask(tuple(values.shape), self.dropout, values, generator)
        if self.training and self.variational_dropout > 0:
            shape = (rows.batch_size, values.shape[1])
            kept = keep_mask(shape, self.variational_dropout, values, generator)
            values = values * kept[rows.sequence_rows.to(values.device)]  # [B, F] -> [N, F]
        return rows.with_values(values)

    def _thinned(self, weights: Weights, generator: torch.Generator | None) -> Weights:
        """The weights a batch is read with: in training without some of the recurrent ones."""
        if not self.training or self.weight_dropout == 0 or not self.cell.reads_hidden:
            return weights
        recurrent = weights.recurrent
        kept = keep_mask(tuple(recurrent.shape), self.weight_dropout, recurrent, generator)
        return weights._replace(recurrent=recurrent * kept)

    def _kept(self, rows: Packed, generator: torch.Generator | None) -> Tensor | None:
        """Factors on the hidden state, [B, H], the same at every step; None without variational dropout."""
        if not self.training or self.variational_dropout == 0 or not self.cell.reads_hidden:
            return None
        return keep_mask((rows.batch_size, self.hidden_size), self.variational_dropout, rows.values, generator)

    @staticmethod
    def _check(where: str, tensor: Tensor, shape: tuple[int, ...]) -> None:
        if tuple(tensor.shape) != shape:
            raise DataError(
                where,
                expected=f"the shape {list(shape)}",
                came=str(list(tensor.shape)),
                fix="pass data of the sizes the network was built for",
            )


KINDS = ("weight_ih", "weight_hh", "bias_ih", "bias_hh", "weight_unit", "weight_out")
"""What the weights of a layer are called in a state_dict: the first four as in torch, in the order of `Weights`."""


def _weight_names(layer: int, direction: int) -> tuple[str, ...]:
    """What the weights of a layer and direction are called."""
    suffix = f"_l{layer}" + ("_reverse" if direction else "")
    return tuple(kind + suffix for kind in KINDS)
