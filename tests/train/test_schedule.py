import pytest
import torch
from torch.optim.lr_scheduler import CosineAnnealingLR, LinearLR, OneCycleLR, ReduceLROnPlateau, SequentialLR

from seqloom.train.schedule import Plateau, Schedule

CLOSE = 1e-12  # both are float64 formulas; torch's recursive ones round once an update


def rates(optimizer, scheduler, updates):
    """The rates torch uses for these updates."""
    used = []
    for _ in range(updates):
        used.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        if len(used) < updates:
            scheduler.step()
    return used


@pytest.fixture
def sgd():
    """An optimiser with a rate of 1, so that rates are shares."""
    return torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=1.0)


@pytest.mark.parametrize("warmup", [0.1, 0.3, 0.5])
def test_one_cycle_is_torchs(sgd, warmup):
    """Every rate of a one-cycle run agrees with torch's OneCycleLR."""
    updates = 200
    reference = OneCycleLR(sgd, max_lr=1.0, total_steps=updates, pct_start=warmup, cycle_momentum=False)
    expected = rates(sgd, reference, updates)
    ours = [Schedule("one-cycle", updates, warmup).share(update) for update in range(updates)]
    assert ours == pytest.approx(expected, abs=CLOSE)


def test_cosine_after_warm_up_is_torchs(sgd):
    """A linear rise followed by half a cosine wave agrees with torch's two schedulers in sequence."""
    rise = LinearLR(sgd, start_factor=1 / 20, total_iters=19)
    fall = CosineAnnealingLR(sgd, T_max=180)
    expected = rates(sgd, SequentialLR(sgd, [rise, fall], milestones=[20]), 200)
    ours = [Schedule("cosine", 200, 0.1).share(update) for update in range(200)]
    assert ours == pytest.approx(expected, abs=CLOSE)


@pytest.mark.parametrize("name", ["none", "plateau"])
def test_the_others_rise_and_stay(name):
    """Without a curve of its own the rate is its highest from the end of the warm-up on."""
    assert [Schedule(name, 10, 0.4).share(update) for update in range(6)] == [0.25, 0.5, 0.75, 1.0, 1.0, 1.0]


@pytest.mark.parametrize("name", ["none", "plateau", "cosine", "one-cycle"])
@pytest.mark.parametrize("updates", [1, 2, 3])
@pytest.mark.parametrize("warmup", [0.0, 0.3, 0.99])
def test_the_shortest_runs_have_a_rate_too(name, updates, warmup):
    """Runs of one to three updates never divide by zero nor leave the range of a share."""
    shares = [Schedule(name, updates, warmup).share(update) for update in range(updates)]
    assert all(0 <= share <= 1 for share in shares)
    assert max(shares) > 0


def test_updates_beyond_the_plan_keep_the_last_rate():
    """An update more than planned does not start the curve again."""
    schedule = Schedule("cosine", 10, 0.0)
    assert schedule.share(12) == schedule.share(9)


def test_plateau_is_torchs(sgd):
    """The rate falls after the same epochs as with torch's ReduceLROnPlateau."""
    criteria = [5, 4, 4, 4, 4, 3, 3, 3, 3, 3, 3, 3, 3, 2, 9, 9, 9, 9, 9]
    reference = ReduceLROnPlateau(sgd, factor=0.5, patience=2, threshold=0.0)
    plateau, best = Plateau(), float("inf")
    ours, expected = [], []
    for criterion in criteria:
        reference.step(criterion)
        plateau.judge(gained=criterion < best, patience=2, factor=0.5)
        best = min(best, criterion)
        ours.append(plateau.share)
        expected.append(sgd.param_groups[0]["lr"])
    assert ours == expected
    assert expected[-1] < 0.2
