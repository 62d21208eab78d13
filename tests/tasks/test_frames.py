"""The tasks of frames."""

import numpy as np
import pytest
import torch

from seqloom.estimators import FitSettings, fit_dataset
from seqloom.evaluate import MODEL
from seqloom.model import build
from seqloom.read import EVERY, ReadSettings, read
from seqloom.score import entry_nats
from seqloom.tasks.frames import IMAGES, MUSIC, outcome, samples, start

DRAWN = np.random.default_rng(0)


@pytest.fixture(scope="module")
def fitted():
    """A model of small images of two columns."""
    settings = FitSettings.flat(
        {"task": "images", "group": "s", "hidden_size": 4, "head_size": 2, "epochs": 1, "threads": 1}
    )
    table = {
        "s": np.repeat(np.arange(20), 5).tolist(),
        "a": (DRAWN.random(100) < 0.8).astype(float).tolist(),
        "b": (DRAWN.random(100) < 0.3).astype(float).tolist(),
    }
    return fit_dataset(read(table, settings=settings.reading), settings)


def test_each_entry_has_its_cost(fitted):
    """Model and alternatives are measured on the same frames, in nats."""
    answered = fitted.judged.answered
    shown = outcome(answered)
    examples = answered.examples
    rows = np.concatenate([np.arange(*span) for span in zip(examples.start, examples.stop, strict=True)])
    truth = examples.prepared.targets[rows].astype(float)
    np.testing.assert_allclose(shown.nats[MODEL], entry_nats(answered.prediction.logits, truth).mean(axis=0))
    np.testing.assert_allclose(shown.shares, truth.mean(axis=0))
    assert set(shown.nats) == {MODEL, "marginal", "markov"} | set(fitted.judged.judgement.metrics)


def test_what_is_made_up_stands_beside_what_is_true(fitted):
    """There is a section with a figure of both."""
    (section,) = samples(fitted.judged.answered, 2, 5)
    assert section.figures


def test_heads_start_from_the_share_of_each_entry(fitted):
    """Before training, weights of the network aside, an entry is as probable as it is frequent."""
    walked = fitted.walked
    settings = walked.settings.model.model_copy(update={"frame_head": "independent"})
    model = build("images", settings, walked.model.sizes)
    start(model, walked.examples["train"], 0)
    examples = walked.examples["train"]
    rows = np.concatenate([np.arange(*span) for span in zip(examples.start, examples.stop, strict=True)])
    shares = torch.from_numpy(examples.prepared.targets[rows].mean(axis=0))
    bias = next(value for name, value in model.networks[0].head.named_parameters() if name.endswith("bias"))
    # 0.02: shares are counted with one more of each kind
    torch.testing.assert_close(torch.sigmoid(bias).double(), shares.double(), rtol=0, atol=0.02)


def test_everything_of_a_step_is_its_target():
    """Unless the columns are named."""
    assert IMAGES.reading(ReadSettings())["target"] == EVERY
    assert IMAGES.reading(ReadSettings(target="a"))["target"] == ("a",)


def test_only_music_can_be_moved_to_another_key():
    """The rest of the settings is common to both."""
    assert set(MUSIC.listens) - set(IMAGES.listens) == {"transpose"}
