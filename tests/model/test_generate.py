import numpy as np
import pytest
import torch

from seqloom.errors import DataError, SettingsError
from seqloom.model import InputSizes, ModelSettings, Sampling, build, generate
from seqloom.model.generate import advance, after, beginning


def made(**settings):
    torch.manual_seed(0)
    chosen = {"hidden_size": 4, "frame_head": "autoregressive", "head_size": 3, **settings}
    return build("music", ModelSettings(**chosen), InputSizes(numbers=4, targets=3, per_step=True))


@pytest.mark.parametrize("settings", [{}, {"frame_head": "independent"}, {"members": 2, "layers": 2, "cell": "gru"}])
def test_the_same_seed_gives_the_same_frames(settings):
    """Another seed gives others; entries are 0 or 1."""
    model = made(**settings)
    one, same, other = (generate(model, Sampling(20, count=2, seed=seed)) for seed in (1, 1, 2))
    np.testing.assert_array_equal(one, same)
    assert (one != other).any()
    assert one.shape == (2, 20, 3)
    assert set(np.unique(one)) == {0, 1}


@pytest.mark.parametrize("settings", [{}, {"frame_head": "independent"}, {"members": 2, "layers": 2}])
def test_a_start_is_as_if_it_had_been_generated(settings):
    """Reading frames at once and having drawn them one by one lead to the same place."""
    model, frames = made(**settings), np.array([[1, 0, 1], [0, 1, 1], [1, 1, 0]])
    place = beginning(model, 2)
    with torch.no_grad():
        for frame in frames:
            sure = torch.where(torch.tensor(frame) > 0, -1.0, 2.0).repeat(2, 1)  # below or above any probability
            place, drawn = advance(model, place, sure, 1.0)
            assert drawn.tolist() == [frame.tolist()] * 2
        read = after(model, 2, frames)
    torch.testing.assert_close(read.inputs, place.inputs)
    for one, other in zip(read.states, place.states, strict=True):
        for part, same in zip(one, other, strict=True):
            torch.testing.assert_close(part, same)


def test_frames_are_as_frequent_as_the_model_says():
    """Of 4,000 first frames each entry is on about as often as its probability."""
    model = made(frame_head="independent")
    drawn = generate(model, Sampling(1, count=4000))[:, 0]
    with torch.no_grad():
        hidden = model.networks[0].encoder.recurrent.step(*_first(model))[1]
        expected = torch.sigmoid(model.networks[0].head.begin(hidden))[0].numpy()
    np.testing.assert_allclose(drawn.mean(axis=0), expected, atol=0.04)  # five standard errors


def _first(model):
    place = beginning(model, 1)
    return place.states[0], place.inputs


def test_a_low_temperature_draws_the_most_probable():
    """Near zero every draw is the same, whatever the seed."""
    model = made()
    one, other = (generate(model, Sampling(6, temperature=1e-4, seed=seed)) for seed in (1, 2))
    np.testing.assert_array_equal(one, other)


def test_generating_leaves_the_model_as_it_was():
    """A model in training stays in training."""
    model = made()
    generate(model, Sampling(1))
    assert model.training


@pytest.mark.parametrize(
    ("choices", "message"),
    [
        ({"steps": 0}, "length: expected at least 1, came 0"),
        ({"steps": 1, "count": 0}, "count: expected at least 1"),
        ({"steps": 1, "temperature": 0.0}, "temperature: expected a number above 0, came 0"),
        ({"steps": 1, "temperature": float("nan")}, "temperature: expected a number above 0, came nan"),
    ],
)
def test_impossible_numbers_are_refused(choices, message):
    """One line names the number."""
    with pytest.raises(SettingsError, match=message):
        Sampling(**choices)


@pytest.mark.parametrize("start", [np.zeros((2, 4)), np.zeros((0, 3)), np.zeros(3)])
def test_a_start_of_another_shape_is_refused(start):
    """A start has the width of the frames, and one frame at least."""
    with pytest.raises(DataError, match="start: expected frames of 3 entries, came shape"):
        generate(made(), Sampling(2), start)


def test_more_than_fits_into_memory_is_refused():
    """A slip of the finger does not fill the machine."""
    with pytest.raises(DataError, match="ask for fewer"):
        generate(made(), Sampling(10**9))
