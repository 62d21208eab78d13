import numpy as np
import pytest
import torch

from seqloom.errors import SettingsError
from seqloom.model import Facts, InputSizes, ModelSettings, build, predict
from seqloom.model.frames import FrameModel, mixed
from seqloom.prepare import Pipeline, PrepareSettings, sequences, whole
from seqloom.read import ReadSettings, from_arrays
from seqloom.score import entry_nats

RNG = np.random.default_rng(0)
PIECES = [(RNG.random((steps, 3)) < 0.4).astype(np.uint8) for steps in (5, 2, 7)]
SIZES = InputSizes(numbers=4, targets=3, per_step=True)


@pytest.fixture
def walk():
    """Examples of three short pieces and their preparation."""
    dataset = from_arrays(PIECES, settings=ReadSettings(target="*"))
    pipeline = Pipeline.fit(dataset, whole(dataset, "train"), PrepareSettings(), task="frames", history=False)
    return sequences(pipeline.transform(dataset), whole(dataset, "train"), "train"), pipeline


def made(**settings) -> FrameModel:
    torch.manual_seed(0)
    chosen = {"hidden_size": 4, "frame_head": "autoregressive", "head_size": 3, "dropout": 0.0, **settings}
    return build("music", ModelSettings(**chosen), SIZES)


@pytest.mark.parametrize("settings", [{}, {"frame_head": "independent"}, {"members": 3}, {"layers": 2, "cell": "gru"}])
def test_no_frame_sees_itself_or_a_later_one(walk, settings):
    """Changing a frame changes no logit of it or of an earlier frame, but for entries after the changed one."""
    examples, _ = walk
    model, batch = made(**settings), examples.batch(np.array([2]))
    before = model.predict(batch)["logits"]
    examples.prepared.targets[examples.start[2] + 3, 1] += 1
    examples.prepared.numbers[examples.start[2] + 4, 1] += 1
    after = model.predict(examples.batch(np.array([2])))["logits"]
    changed = (before != after).detach().numpy()
    assert not changed[:3].any()
    assert not changed[3, :2].any()
    assert changed[4:].all()


def test_the_criterion_is_the_likelihood_of_the_prediction(walk):
    """What validation adds up is what the metrics are made of, over all frames."""
    examples, pipeline = walk
    model = made()
    total, terms = model.criterion(examples.batch(np.arange(3)))
    prediction = predict(model, pipeline, examples)
    nats = entry_nats(prediction.logits, examples.prepared.targets.astype(float))
    assert terms == 14
    assert total == pytest.approx(nats.sum(), rel=1e-5)  # single precision
    assert prediction.steps.tolist() == [1, 2, 3, 4, 5, 1, 2, 1, 2, 3, 4, 5, 6, 7]
    assert prediction.keys.tolist() == ["0"] * 5 + ["1"] * 2 + ["2"] * 7


def test_the_loss_is_nats_per_frame(walk):
    """Without dropout, one network's loss is its criterion divided by the number of frames."""
    examples, _ = walk
    model, batch = made(), examples.batch(np.arange(3))
    total, terms = model.criterion(batch)
    assert float(model.loss(batch)[0].detach()) == pytest.approx(total / terms, rel=1e-5)  # single precision


def test_pieces_are_transposed_in_training_alone(walk):
    """Moved pieces have another loss; the criterion is that of the pieces as they are."""
    examples, _ = walk
    batch, plain, moving = examples.batch(np.arange(3)), made(), made(transpose=2)
    assert moving.criterion(batch) == plain.criterion(batch)
    losses = {float(moving.loss(batch)[0].detach()) for _ in range(8)}
    assert len(losses) > 1
    moving.eval()
    assert float(moving.loss(batch)[0].detach()) == float(plain.loss(batch)[0].detach())


def test_several_networks_answer_with_their_mean_probability():
    """The mean is taken over probabilities, not logits."""
    logits = [torch.tensor([-2.0, 30.0]), torch.tensor([1.0, 30.0])]
    expected = torch.stack([torch.sigmoid(one.double()) for one in logits]).mean(dim=0)
    torch.testing.assert_close(torch.sigmoid(mixed([one.double() for one in logits])), expected)


def test_open_settings_are_chosen():
    """Entries depend on each other where a frame has several, and the future is never read."""
    chosen = FrameModel.choose(ModelSettings(), Facts(np.array([300]), targets=88)).settings
    assert (chosen.frame_head, chosen.bidirectional) == ("autoregressive", False)
    assert FrameModel.choose(ModelSettings(), Facts(np.array([300]), targets=1)).settings.frame_head == "independent"
    assert FrameModel.choose(ModelSettings(hidden_size=7), Facts(np.array([300]))).settings.hidden_size == 7


def test_reading_backwards_is_refused():
    """A network that has seen the next frame has nothing to predict."""
    with pytest.raises(SettingsError, match="bidirectional: expected one direction"):
        FrameModel.choose(ModelSettings(bidirectional=True), Facts(np.array([300])))
