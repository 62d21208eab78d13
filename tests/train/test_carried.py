"""Training on text, where the state goes on from batch to batch."""

import numpy as np
import pytest
import torch

from seqloom.model import build, sizes_of
from seqloom.model.settings import ModelSettings
from seqloom.nn import GRUState
from seqloom.prepare import Lanes, Pipeline, PrepareSettings, running_text, whole
from seqloom.read import from_texts
from seqloom.train import Quiet, TrainSettings, extent, fit

CHOICES = {"batch_size": 3, "truncate": 8, "threads": 1, "patience": 0, "keep": "last", "learning_rate": 0.02}
TEXT = "".join(np.random.default_rng(0).choice(list("aaabbc \n"), 200))


class KilledError(Exception):
    """Stands for the end of the process."""


class KilledAt(Quiet):
    """Ends the process after so many updates."""

    def __init__(self, updates):
        self.updates = updates

    def advance(self, moment):
        """Count the update."""
        if moment.update == self.updates:
            raise KilledError


def text_examples(text):
    """All of a text, to be read in one pass."""
    dataset = from_texts([text])
    prepared = Pipeline.fit(dataset, whole(dataset, "train"), PrepareSettings(), task="next").transform(dataset)
    return running_text(prepared, np.stack([prepared.offsets[:-1], prepared.offsets[1:]], axis=1), "train")


def language_model(examples, **choices):
    """A small model with weights of its own seed."""
    torch.manual_seed(0)
    settings = {"cell": "gru", "hidden_size": 5, "embedding": 3, "tied": False, "dropout": 0.2, **choices}
    return build("language", ModelSettings(**settings), sizes_of(examples))


def test_each_batch_starts_where_the_one_before_ended(monkeypatch):
    """Within an epoch states are handed on, cut off from their past; each epoch and each validation begins anew."""
    examples = text_examples(TEXT)
    model = language_model(examples)
    seen, plain = [], type(model).loss

    def recorded(self, batch, state=None):
        loss, after = plain(self, batch, state)
        seen.append((self.training, state, after))
        return loss, after

    monkeypatch.setattr(type(model), "loss", recorded)
    fit(model, examples, examples, TrainSettings(epochs=2, **CHOICES))
    windows = len(Lanes.of(examples, 3, 8))
    assert len(seen) == 5 * windows  # two epochs, three validations
    for number, ((training, state, _), before) in enumerate(zip(seen, [None, *seen[:-1]], strict=True)):
        if number % windows == 0:
            assert state is None
        else:
            assert training == before[0]
            assert torch.equal(state.hidden, before[2].hidden)
            assert not state.hidden.requires_grad


def test_a_gradient_ends_where_the_window_begins():
    """The state a window starts from is a constant: its gradient is that of the window alone."""
    examples = text_examples(TEXT)
    model = language_model(examples, dropout=0.0)
    first, second = (Lanes.of(examples, 3, 8).batch(window) for window in (0, 1))
    _, state = model.loss(first)
    fixed = GRUState(state.hidden.detach())
    expected = torch.autograd.grad(model.loss(second, fixed)[0], model.recurrent.weights(0).recurrent)
    whole_past = torch.autograd.grad(model.loss(second, state)[0], model.recurrent.weights(0).recurrent)
    assert not torch.allclose(expected[0], whole_past[0])
    zero_rate = TrainSettings(epochs=1, **CHOICES | {"learning_rate": 1e-12})
    fit(model, examples, examples, zero_rate)  # leaves the weights as they are, to the eighth digit
    again = torch.autograd.grad(model.loss(second, fixed)[0], model.recurrent.weights(0).recurrent)
    torch.testing.assert_close(again, expected, rtol=1e-4, atol=1e-7)


def test_validation_is_one_pass_with_the_state_carried():
    """With one lane the criterion is the mean surprise of the whole text read at once."""
    examples = text_examples(TEXT)
    model = language_model(examples)
    run = fit(model, examples, examples, TrainSettings(epochs=1, **CHOICES | {"batch_size": 1}))
    total, terms = model.criterion(examples.batch(np.arange(1)))
    # single precision: the same sums of 200 terms in another order
    assert run.history[0]["validation"] == pytest.approx(total / terms, rel=1e-5)


@pytest.mark.parametrize("updates", [1, 4, 9, 14])
def test_a_killed_training_ends_with_the_same_weights(tmp_path, updates):
    """The carried state is part of a checkpoint: killed within an epoch and resumed, the weights are the same bits."""
    examples = text_examples(TEXT)
    settings = TrainSettings(epochs=2, checkpoint_updates=1, **CHOICES)
    whole_run = language_model(examples)
    fit(whole_run, examples, examples, settings)
    with pytest.raises(KilledError):
        fit(language_model(examples), examples, examples, settings, directory=tmp_path, progress=KilledAt(updates))
    resumed = language_model(examples)
    fit(resumed, examples, examples, settings, directory=tmp_path, resume=True)
    expected = whole_run.state_dict()
    assert all(torch.equal(tensor, expected[name]) for name, tensor in resumed.state_dict().items())


def test_windows_are_what_is_counted():
    """Batch size, epochs and learning rate are chosen from the windows of a text, not from the number of texts."""
    examples = text_examples(TEXT)
    assert extent(examples, TrainSettings(truncate=8)) == (25, 8)
    assert extent(examples, TrainSettings()) == (2, 128)
