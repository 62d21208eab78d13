"""Models of events."""

from dataclasses import replace

import numpy as np
import pytest
import torch

from seqloom.errors import SettingsError
from seqloom.model import EventModel, Facts, InputSizes, ModelSettings
from seqloom.sequence import EventShape

SHAPE = EventShape(types=3, gap=True, numbers=("x",), categories=("team",), labels=(2,))


def model(**choices):
    """A model with random weights."""
    torch.manual_seed(0)
    sizes = InputSizes(numbers=2, targets=5, classes=("a", "b", "c"), per_step=True, event=SHAPE)
    return EventModel(ModelSettings(hidden_size=8, bidirectional=False, **choices), sizes).eval()


def target(rows, seed=0):
    """Next events: type, no gap, its logarithm, number, category."""
    generator = np.random.default_rng(seed)
    zero = generator.integers(0, 2, rows)
    logs = np.where(zero == 1, np.nan, generator.normal(size=rows))
    columns = [generator.integers(0, 3, rows), zero, logs, generator.normal(size=rows), generator.integers(0, 2, rows)]
    return torch.from_numpy(np.stack(columns, axis=1).astype(np.float32))


def test_an_answer_does_not_depend_on_what_comes_after(batch):
    """The first rows of a sequence are answered alike however it goes on."""
    events = model()
    long, short = batch([6]), batch([4])
    short = replace(short, numbers=short.numbers.with_values(long.numbers.values[:4]))
    torch.testing.assert_close(
        events.predict(short)["probabilities"], events.predict(long)["probabilities"][:4], rtol=0, atol=1e-6
    )


def test_the_criterion_is_the_loss_times_the_events(batch):
    """Of one network without dropout both are the same mean."""
    events = model(members=1)
    given = batch([5, 3], target=target(8))
    total, terms = events.criterion(given)
    loss, _ = events.loss(given)
    assert terms == 8
    assert total == pytest.approx(8 * float(loss.detach()), rel=1e-5)


def test_without_side_weight_only_the_type_counts(batch):
    """The loss is minus the mean logarithm of the probability of the next type."""
    events = model(side_weight=0.0)
    given = batch([5, 3], target=target(8))
    loss, _ = events.loss(given)
    chosen = events.predict(given)["probabilities"][torch.arange(8), given.target[:, 0].long()]
    torch.testing.assert_close(loss, -chosen.log().mean(), rtol=1e-5, atol=1e-6)


def test_rows_without_a_next_event_teach_nothing(batch):
    """NaN leaves loss and number of terms as they are without that row."""
    events = model()
    given = batch([5], target=target(5))
    unknown = given.target.clone()
    unknown[-1] = torch.nan
    shorter = replace(batch([4], target=given.target[:4]), numbers=batch([4]).numbers)
    shorter = replace(shorter, numbers=shorter.numbers.with_values(given.numbers.values[:4]))
    masked, _ = events.loss(replace(given, target=unknown))
    alone, _ = events.loss(shorter)
    torch.testing.assert_close(masked, alone, rtol=1e-5, atol=1e-6)
    assert events.criterion(replace(given, target=unknown))[1] == 4


def test_both_directions_are_refused():
    """What comes after an event is what is to be told."""
    facts = Facts(lengths=np.array([100]))
    with pytest.raises(SettingsError, match="bidirectional: expected one direction for events, came both"):
        EventModel.choose(ModelSettings(bidirectional=True), facts)
