"""From a batch to hidden rows: join the features, run the recurrence."""

import torch
from torch import Tensor, nn

from seqloom.errors import SettingsError
from seqloom.model.cells import CELLS, WHOLE, build_cell
from seqloom.model.settings import InputSizes, ModelSettings
from seqloom.nn import Embedding, Options, Reader, Recurrent, State
from seqloom.sequence import Batch, Packed

DEFAULT_HIDDEN_SIZE = 64


def reader(settings: ModelSettings, input_size: int) -> Reader:
    """What reads the steps: recurrent layers, or what the settings ask for instead."""
    if settings.cell not in WHOLE:
        return recurrent(settings, input_size)
    kind, _ = WHOLE[settings.cell]
    return kind(
        input_size,
        settings.hidden_size or DEFAULT_HIDDEN_SIZE,
        settings.layers,
        bidirectional=bool(settings.bidirectional),
        dropout=settings.dropout or 0.0,
    )


def recurrent(settings: ModelSettings, input_size: int) -> Recurrent:
    """The recurrent layers the settings ask for.

    Raises:
        SettingsError: they ask for something else.
    """
    hidden_size = settings.hidden_size or DEFAULT_HIDDEN_SIZE
    options: Options = {
        "bidirectional": bool(settings.bidirectional),
        "dropout": settings.dropout or 0.0,
        "variational_dropout": settings.variational_dropout,
        "weight_dropout": settings.weight_dropout,
        "learned_state": settings.learned_state,
        "recompute": settings.recompute,
    }
    return Recurrent(
        build_cell(settings.cell, settings.activation, settings.remember),
        input_size,
        hidden_size,
        settings.layers,
        **options,
    )


class Encoder(nn.Module):
    """Features of every kind, joined step by step and run through the recurrent layers.

    In training a share of words and tokens, `word_dropout`, is unknown to it, so that it learns to do without them.

    Args:
        settings: the network's shape.
        sizes: the sizes of the data.
        numbers: width of the number features as they are given to `forward`.
    """

    def __init__(self, settings: ModelSettings, sizes: InputSizes, numbers: int) -> None:
        super().__init__()
        self.segment = settings.segment
        self.word_dropout = (settings.word_dropout or 0.0) if sizes.words or sizes.text is not None else 0.0
        wide = sizes.words if sizes.text is None else (sizes.text,)
        widths = dict.fromkeys(wide, settings.embedding) if settings.embedding else {}
        self.embedding = Embedding(sizes.code_sizes, widths)
        if sizes.text is not None and settings.vectors and settings.freeze_vectors:
            self.embedding.tables[sizes.text].requires_grad_(requires_grad=False)
        self.static_embedding = Embedding(sizes.static_code_sizes)
        self.static_width = sizes.static_numbers + self.static_embedding.output_size
        self.input_size = numbers + settings.segment * self.embedding.output_size + self.static_width
        self.recurrent = reader(settings, self.input_size)
        self.output_size = self.recurrent.output_size

    @property
    def stepwise(self) -> Recurrent:
        """The recurrent layers, for a model that goes on step by step.

        Raises:
            SettingsError: something without a state reads the steps.
        """
        if isinstance(self.recurrent, Recurrent):
            return self.recurrent
        fix = "choose a recurrent cell: this model goes on step by step, from a state"
        raise SettingsError("cell", expected=" or ".join(CELLS), came="a net without a state", fix=fix)

    def inputs(self, batch: Batch, numbers: Tensor) -> Packed:
        """Numbers, embedded categories and the features of the sequence, side by side, [N, input_size]."""
        parts = [numbers]
        if batch.codes.shape[1]:
            rows = self._shown(batch.codes).reshape(len(batch.codes), self.segment, -1)  # [N, g E] -> [N, g, E]
            parts.append(self.embedding(rows).flatten(1))
        if self.static_width:
            static = [batch.static_numbers]
            if batch.static_codes.shape[1]:
                static.append(self.static_embedding(batch.static_codes))
            parts.append(torch.cat(static, dim=1)[batch.numbers.sequence_rows])  # [B, G] -> [N, G]
        return batch.numbers.with_values(torch.cat(parts, dim=1) if len(parts) > 1 else numbers)

    def _shown(self, codes: Tensor) -> Tensor:
        """The codes of all steps; in training some of them that of the unknown."""
        if not (self.training and self.word_dropout):
            return codes
        return codes * (torch.rand(codes.shape) >= self.word_dropout)

    def begin(self, count: int) -> State:
        """The state before the first step of `count` sequences."""
        return self.recurrent.initial_state(count)

    def forward(self, state: State | None, batch: Batch, numbers: Tensor) -> tuple[State, Packed]:
        """Hidden rows of every step.

        Args:
            state: where the recurrence starts; None: its initial state.
            batch: the examples.
            numbers: their number features as the recurrence shall see them, [N, numbers].

        Returns:
            The state after each sequence's last step, and the hidden rows [N, output_size].
        """
        return self.recurrent.sequence(state, self.inputs(batch, numbers))
