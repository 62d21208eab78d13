"""Models of anomalies."""

from dataclasses import replace

import numpy as np
import pytest
import torch

from seqloom.model import AnomalyModel, Asked, InputSizes, ModelSettings
from seqloom.model.anomaly import LARGEST
from seqloom.usual import Chart

DETECTORS = ("forecast", "reconstruction", "density")
WAYS = [(detector, "training") for detector in DETECTORS] + [("forecast", "stream"), ("reconstruction", "stream")]


def model(detector="forecast", usual="training", ahead=3, targets=2, **choices):
    """A model with random weights."""
    torch.manual_seed(0)
    settings = ModelSettings(
        hidden_size=8, bidirectional=False, detector=detector, usual=usual, ahead=ahead, smoothing=4, **choices
    )
    made = AnomalyModel(settings, InputSizes(numbers=targets, targets=targets, per_step=True)).eval()
    if usual == "training":
        made.measure(Chart(np.zeros(made.signals), np.eye(made.signals)), 1.0)
    return made


def whole(batch, lengths, features=2):
    """A batch whose targets are its features."""
    made = batch(lengths, features)
    return replace(made, target=made.numbers.values.clone())


@pytest.mark.parametrize(("detector", "usual"), WAYS)
def test_a_sequence_read_in_two_pieces_is_answered_as_in_one(batch, detector, usual):
    """Wherever it is cut, nothing but what is carried connects the pieces."""
    anomalies, made = model(detector, usual), whole(batch, [12])
    with torch.inference_mode():
        expected = anomalies.predict(made)
        for place in (1, 2, 5):
            carried, found = anomalies.begin(1), []
            for first, last in ((0, place), (place, 12)):
                rows = made.numbers.values[first:last]
                piece = replace(made, numbers=type(made.numbers)(rows, torch.ones(last - first, dtype=torch.int64)))
                piece = replace(piece, target=rows, codes=made.codes[first:last])
                everything = torch.arange(last - first)
                told, carried = anomalies.read_on(piece, carried, Asked(everything, everything))
                found.append(told)
            for name in ("score", "expected", "parts"):
                joined = torch.cat([told[name] for told in found])
                torch.testing.assert_close(joined, expected[name], rtol=1e-5, atol=1e-6, equal_nan=True)


@pytest.mark.parametrize(("detector", "usual"), WAYS)
def test_an_answer_does_not_depend_on_others_or_on_what_comes_after(batch, detector, usual):
    """A sequence alone and cut short is answered as beside a longer one."""
    anomalies, both = model(detector, usual), whole(batch, [9, 6])
    sequence, step = both.numbers.sequence_rows, both.numbers.row_steps
    own = (sequence == 1) & (step < 4)
    rows = both.numbers.values[own]
    alone = replace(whole(batch, [4]), numbers=type(both.numbers)(rows, torch.ones(4, dtype=torch.int64)), target=rows)
    with torch.inference_mode():
        together, single = anomalies.predict(both)["score"][own], anomalies.predict(alone)["score"]
    torch.testing.assert_close(single, together, rtol=1e-5, atol=1e-6)


def test_a_step_is_compared_with_the_forecast_made_so_many_steps_before(batch):
    """Nothing is expected of the first ones."""
    anomalies, made = model(ahead=3), whole(batch, [6])
    with torch.inference_mode():
        told, expected = anomalies._look(made, None).told, anomalies.predict(made)["expected"]
    assert torch.isnan(expected[:3]).all()
    torch.testing.assert_close(expected[3:], told[:3, -1])


def test_the_loss_is_about_all_steps_ahead_that_there_are(batch):
    """The mean square over every pair of a step and one of the next three."""
    anomalies, made = model(ahead=3), whole(batch, [5])
    with torch.inference_mode():
        told = anomalies._look(made, None).told
        loss, _ = anomalies.loss(made)
    pairs = [(t, k) for t in range(5) for k in range(3) if t + k + 1 < 5]
    errors = [((told[t, k] - made.target[t + k + 1]) ** 2).mean() for t, k in pairs]
    torch.testing.assert_close(loss, torch.stack(errors).mean())
    assert anomalies.criterion(made)[1] == 2 * len(pairs)


def test_a_reconstruction_is_of_the_last_steps(batch):
    """The newest first."""
    anomalies, made = model("reconstruction", ahead=2), whole(batch, [4])
    with torch.inference_mode():
        told = anomalies._look(made, None).told
        loss, _ = anomalies.loss(made)
    pairs = [(t, k) for t in range(4) for k in range(2) if t - k >= 0]
    torch.testing.assert_close(
        loss, torch.stack([((told[t, k] - made.target[t - k]) ** 2).mean() for t, k in pairs]).mean()
    )


def test_the_score_is_one_at_the_threshold(batch):
    """It is divided by it, and its parts tell whose share it is."""
    anomalies, made = model(), whole(batch, [8])
    with torch.inference_mode():
        before = anomalies.predict(made)
        anomalies.measure(Chart(np.zeros(2), np.diag([1.0, 0.0])), 4.0)
        after = anomalies.predict(made)
    means = after["means"].double()
    torch.testing.assert_close(after["score"], (means[:, 0] ** 2 / 2).sqrt() / 4)
    assert after["parts"][3:].tolist() == [[1.0, 0.0]] * 5
    torch.testing.assert_close(before["means"], after["means"])


def test_missing_targets_are_not_learned_from(batch):
    """A value that is not known has no error."""
    anomalies, made = model(ahead=1), whole(batch, [5])
    hidden = made.target.clone()
    hidden[2] = torch.nan
    with torch.inference_mode():
        _, terms = anomalies.criterion(replace(made, target=hidden))
    assert terms == 2 * 3


def test_what_is_far_from_all_that_was_learned_does_not_break_the_state(batch):
    """Inputs are cut; the step itself is as strange as it is."""
    anomalies, made = model("reconstruction"), whole(batch, [5])
    values = made.numbers.values.clone()
    values[2] = 1e6
    far = replace(made, numbers=made.numbers.with_values(values), target=values)
    capped = replace(made, numbers=made.numbers.with_values(values.clamp(max=LARGEST)), target=values)
    with torch.inference_mode():
        one, other = anomalies.predict(far), anomalies.predict(capped)
    torch.testing.assert_close(one["expected"], other["expected"])
    assert one["score"][2] > 1e3 * other["score"][2]


@pytest.mark.parametrize("detector", DETECTORS)
def test_the_distance_has_a_gradient(batch, detector):
    """Explanations follow it back to the inputs."""
    anomalies, made = model(detector, ahead=2), whole(batch, [5])
    values = made.numbers.values.clone().requires_grad_()
    distance = anomalies.distance(replace(made, numbers=made.numbers.with_values(values)))
    distance[-1].backward()
    assert float(values.grad.abs().sum()) > 0


def test_a_net_without_a_state_reads_everything_anew():
    """Nothing is carried."""
    assert model(cell="tcn").reach is None
    assert model().reach == 0
