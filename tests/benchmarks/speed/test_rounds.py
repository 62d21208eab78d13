import pytest

from benchmarks.speed.case import Case
from benchmarks.speed.rounds import Effort, Turn, measure

EFFORT = Effort(seconds=0.06, rounds=4, warm=0.005)


@pytest.fixture
def measured(peers):
    """A case in a quick peer and others that differ from it in one way each."""
    taking_part = ["toy", "toy/slow", "toy/other", "toy/unable", "toy/broken", "missing"]
    return measure(Case("train"), taking_part, peers, EFFORT)


def test_who_takes_part_is_timed_in_every_round(measured):
    """Both medians are what the toy waits, and the ratio is theirs."""
    quick, slow = measured.figure("toy"), measured.figure("toy/slow")
    assert len(quick.rounds) == 4
    assert 0.001 <= quick.value < slow.value
    assert slow.value >= 0.004
    assert quick.calls >= slow.calls  # on a busy machine both may be called once a round


def test_other_numbers_are_seen(measured):
    """A loss of 1.5 beside ours of 1 differs by a half, the same one by nothing."""
    assert measured.figure("toy/slow").differs == 0
    assert measured.figure("toy/other").differs == 0.5


@pytest.mark.parametrize(
    ("who", "reason"),
    [("toy/unable", "it has no such cell"), ("toy/broken", "ZeroDivisionError"), ("missing", "its process ended")],
)
def test_who_was_not_measured_has_a_reason(measured, who, reason):
    """Nobody is left out without a word."""
    assert measured.figure(who).value is None
    assert reason in measured.figure(who).reason


@pytest.mark.parametrize(("call", "rounds"), [(0.001, 15), (0.7, 3), (20.0, 2)])
def test_long_calls_take_part_in_few_rounds(call, rounds):
    """A call of many seconds is timed twice, spread over all rounds."""
    effort = Effort(seconds=1.5, rounds=15)
    turn = Turn("toy", call=call)
    due = [number for number in range(15) if turn.due(number, effort)]
    assert len(due) == rounds
    assert due[0] == 0
