"""Events: after each one, which comes next, when, and with which attributes."""

import torch
from torch import Tensor, nn

from seqloom.errors import SettingsError
from seqloom.loss import cross_entropy, gap_loss, normal_loss
from seqloom.model.encoder import Encoder
from seqloom.model.event_answer import EventAnswer, answer_width, averaged, read_answer
from seqloom.model.event_defaults import choose_events
from seqloom.model.members import Members, MembersModel, mean_loss
from seqloom.model.model import Asked, Carried, Chosen, Facts
from seqloom.model.settings import InputSizes, ModelSettings
from seqloom.nn import State
from seqloom.prepare import EventTargets, Examples, Part, Pipeline, Split, asked_rows, last_rows, next_rows
from seqloom.sequence import Array, Batch, EventPrediction, EventShape, PreparedDataset


class EventNetwork(nn.Module):
    """A linear read-out of the hidden rows and, beside them, of the event just seen.

    What the event just seen says by itself is what a first-order Markov chain knows: the recurrence need not learn to
    pass it on.

    Args:
        settings: the network's shape.
        sizes: the sizes of the data.
        outputs: numbers to be answered.
    """

    def __init__(self, settings: ModelSettings, sizes: InputSizes, outputs: int) -> None:
        super().__init__()
        self.encoder = Encoder(settings, sizes, sizes.numbers)
        self.dropout = nn.Dropout(settings.dropout or 0.0)
        self.head = nn.Linear(self.encoder.output_size, outputs)
        self.seen = nn.Linear(self.encoder.input_size, outputs, bias=False)

    @property
    def reach(self) -> int | None:
        """Nothing but what is carried, where something is."""
        return 0 if self.encoder.recurrent.carries else None

    def begin(self, count: int) -> Carried:
        """What is carried before the first event of `count` sequences."""
        return Carried(self.encoder.begin(count))

    def read_on(self, carried: Carried, batch: Batch, asked: Asked) -> tuple[Carried, list[Tensor]]:
        """What is carried after further events, and the numbers after those asked for, [M, outputs]."""
        state, (numbers,) = self(carried.state, batch)
        return Carried(state), [numbers[asked.rows]]

    def forward(self, state: State | None, batch: Batch) -> tuple[State, list[Tensor]]:
        """The state after the batch, and the numbers of every row, [N, outputs]."""
        inputs = self.encoder.inputs(batch, batch.numbers.values)
        state, rows = self.encoder.recurrent.sequence(state, inputs)
        return state, [self.head(self.dropout(rows.values)) + self.seen(self.dropout(inputs.values))]


class EventModel(MembersModel):
    """The mean of one or more networks' distributions of the next event: type, gap and attributes.

    Given the past, they are independent of each other: a marked point process whose parts share their state.
    """

    task = "events"
    by_steps = True
    target_kind = "events"
    temperature: Tensor
    """What the logarithms of the types' probabilities are divided by."""

    def __init__(self, settings: ModelSettings, sizes: InputSizes) -> None:
        super().__init__(settings, sizes)
        self.shape = sizes.event or EventShape(types=len(sizes.classes))
        width = answer_width(self.shape)
        self.members = Members(lambda: EventNetwork(settings, sizes, width), settings.members or 1)
        self.register_buffer("temperature", torch.tensor(1.0))

    @classmethod
    def choose(cls, settings: ModelSettings, facts: Facts) -> Chosen:
        """Width, members and the length of examples by the number of events; see `choose_events`.

        Raises:
            SettingsError: both directions are asked for.
        """
        if settings.bidirectional:
            fix = "leave it out: what comes after an event is what is to be told"
            raise SettingsError("bidirectional", expected="one direction for events", came="both", fix=fix)
        return choose_events(settings, facts)

    @classmethod
    def examples(cls, prepared: PreparedDataset, split: Split, part: Part, settings: ModelSettings) -> Examples:
        """Stretches of events to learn from; to be judged, each sequence's part with what came before it."""
        if part != "train":
            return next_rows(prepared, split, part)
        lookback = settings.lookback or 1
        return next_rows(prepared, split, part, lookback=lookback, stride=settings.stride or lookback)

    @classmethod
    def latest(cls, prepared: PreparedDataset, settings: ModelSettings) -> Examples:  # noqa: ARG003 - nothing to choose
        """What follows the last event of every sequence."""
        return last_rows(prepared)

    def loss(self, batch: Batch, state: State | None = None) -> tuple[Tensor, State]:
        """Minus the weighted log-likelihood of the next events, each network by itself."""
        state, outputs = self.members(state, batch)
        return mean_loss(lambda raw: self._loss(read_answer(raw, self.shape), batch.target), outputs), state

    def criterion(self, batch: Batch) -> tuple[float, int]:
        """The same of the mean distributions, summed over events of a known type."""
        terms = int((~torch.isnan(batch.target[:, 0])).sum())
        answer = self._answer(self.members(None, batch)[1])
        loss = self._loss(answer, batch.target)
        return (float(loss.detach()) * terms if terms else 0.0), terms

    def together(self, outputs: list[Tensor]) -> dict[str, Tensor]:
        """The distributions after every row, in scaled units, [N, ...] each; see `EventAnswer.outputs`."""
        return self._answer(outputs).outputs(self.temperature)

    def prediction(self, outputs: dict[str, Array], pipeline: Pipeline, examples: Examples) -> EventPrediction:
        """The distributions at the asked rows, in the units of the data.

        Raises:
            TypeError: the pipeline prepares another task.
        """
        if not isinstance(pipeline.targets, EventTargets):
            raise TypeError(type(pipeline.targets))
        places, _, _ = asked_rows(examples)
        asked = {name: values[places] for name, values in outputs.items()}
        return pipeline.targets.prediction(asked, examples, self.settings.interval)

    def _answer(self, outputs: list[Tensor]) -> EventAnswer:
        """The mean distributions of what the networks say."""
        return averaged([read_answer(raw, self.shape) for raw in outputs])

    def _loss(self, answer: EventAnswer, target: Tensor) -> Tensor:
        """Cross-entropy of the type, and, with `side_weight`, of the gap and of the mean attribute."""
        types = torch.where(torch.isnan(target[:, 0]), -1.0, target[:, 0]).long()
        loss = cross_entropy(
            answer.types, types, label_smoothing=(self.settings.label_smoothing or 0.0) * self.training
        )
        sides = []
        if answer.gap is not None:
            sides.append(gap_loss(answer.gap, target[:, 1], target[:, 2]))
        attributes = self._attribute_losses(answer, target)
        if attributes:
            sides.append(torch.stack(attributes).sum() / (len(self.shape.numbers) + len(self.shape.categories)))
        return loss + self.settings.side_weight * torch.stack(sides).sum() if sides else loss

    def _attribute_losses(self, answer: EventAnswer, target: Tensor) -> list[Tensor]:
        """The loss of all number attributes together, and of each category attribute."""
        first, numbers = self.shape.first_number, len(self.shape.numbers)
        losses = []
        if numbers:
            known = target[:, first : first + numbers]
            losses.append(numbers * normal_loss(answer.means, answer.deviations, known))
        for place, logs in enumerate(answer.categories):
            labels = target[:, self.shape.first_category + place]
            losses.append(cross_entropy(logs, torch.where(torch.isnan(labels), -1.0, labels).long()))
        return losses
