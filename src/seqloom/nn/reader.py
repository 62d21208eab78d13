"""The contract of what reads a sequence: rows in, as many rows out."""

from abc import ABC, abstractmethod

import torch
from torch import Tensor, nn

from seqloom.errors import SettingsError
from seqloom.nn.state import GRUState, State
from seqloom.sequence import Packed


class Reader(nn.Module, ABC):
    """A network from the steps of sequences to an output for each step: state in, state out."""

    @property
    @abstractmethod
    def output_size(self) -> int:
        """Width of the outputs."""

    @property
    @abstractmethod
    def bidirectional(self) -> bool:
        """Whether an output depends on later steps, too."""

    @property
    @abstractmethod
    def carries(self) -> bool:
        """Whether the state sums up all steps so far, so that a sequence can be read piece by piece."""

    @abstractmethod
    def initial_state(self, batch_size: int) -> State:
        """The state before the first step."""

    @abstractmethod
    def sequence(
        self, state: State | None, rows: Packed, *, generator: torch.Generator | None = None
    ) -> tuple[State, Packed]:
        """Read all steps of a batch of sequences.

        Args:
            state: of each sequence before its first step; None: the initial one.
            rows: the steps, packed, [N, F].
            generator: where dropout takes its randomness from; None: torch's default generator.

        Returns:
            The state after each sequence's last step, and the outputs, [N, output_size].
        """


class WholeReader(Reader):
    """A reader without memory: it sees whole sequences at once, and its state is empty.

    It takes its randomness in training from torch's default generator.

    Args:
        input_size: `F`.
        hidden_size: width of the outputs, `H`.
        bidirectional: whether an output may depend on later steps.

    Raises:
        SettingsError: a size is below 1.
    """

    def __init__(self, input_size: int, hidden_size: int, *, bidirectional: bool) -> None:
        super().__init__()
        for name, size in (("input_size", input_size), ("hidden_size", hidden_size)):
            if size < 1:
                raise SettingsError(name, expected="a number of at least 1", came=repr(size), fix="correct it")
        self.input_size, self.hidden_size = input_size, hidden_size
        self._bidirectional = bidirectional

    @property
    def output_size(self) -> int:
        """Width of the outputs, `H`."""
        return self.hidden_size

    @property
    def bidirectional(self) -> bool:
        """Whether an output depends on later steps, too."""
        return self._bidirectional

    @property
    def carries(self) -> bool:
        """Nothing is carried."""
        return False

    def initial_state(self, batch_size: int) -> State:
        """A state without numbers, [1, B, 0]."""
        return GRUState(next(self.parameters()).new_zeros(1, batch_size, 0))

    def sequence(
        self,
        state: State | None,
        rows: Packed,
        *,
        generator: torch.Generator | None = None,  # noqa: ARG002 - as all readers
    ) -> tuple[State, Packed]:
        """Read whole sequences; see `Reader.sequence`."""
        state = self.initial_state(rows.batch_size) if state is None else state
        if rows.steps == 0:
            return state, rows.with_values(rows.values.new_zeros(0, self.hidden_size))
        return state, rows.with_values(self(rows))

    @abstractmethod
    def forward(self, rows: Packed) -> Tensor:
        """The output of every row, [N, H]."""
