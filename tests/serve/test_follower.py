"""What reads along with a server."""

import threading
import time

import pytest

from seqloom.serve import follower
from seqloom.serve.follower import Follower


class Noting(Follower):
    """Notes what it sees, and fails where it is told to."""

    def __init__(self, most=100):
        super().__init__("noting", most)
        self.seen, self.looks = [], 0

    def _see(self, records):
        self.seen.extend(records)
        if "bad" in records:
            raise ValueError(records)

    def _look(self):
        self.looks += 1


@pytest.fixture(autouse=True)
def awake(monkeypatch):
    """No waiting for the clock."""
    monkeypatch.setattr(follower, "SECONDS", 0.01)


def test_it_sees_everything_in_order_and_ends_when_it_has():
    """Also what waited before it began."""
    one = Noting()
    one.recorded(["a", "b"])
    one.start(lambda: None)
    one.recorded(["c"])
    one.close()
    one.close()
    assert one.seen == ["a", "b", "c"]
    assert one.looks >= 1


def test_after_a_failure_it_goes_on(caplog):
    """The log has it."""
    one = Noting()
    one.start(lambda: None)
    one.recorded(["bad"])
    one.recorded(["good"])
    one.close()
    assert one.seen == ["bad", "good"]
    assert "noting failed" in caplog.text


def test_what_it_cannot_keep_up_with_is_left_out_and_counted_by_many_at_a_time():
    """No count is lost between threads: in the end nothing waits."""
    one = Noting(most=50)
    one.start(lambda: None)
    senders = [threading.Thread(target=lambda: [one.recorded(["x"] * 5) for _ in range(200)]) for _ in range(4)]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()
    one.close()
    assert one._count == 0
    assert len(one.seen) + one._dropped == 4 * 200 * 5


def test_it_leaves_the_processor_to_others(monkeypatch):
    """It rests for as long as it worked, times the rest."""

    class Slow(Noting):
        def _see(self, records):
            super()._see(records)
            time.sleep(0.05)

    one = Slow()
    one.start(lambda: None)
    began = time.monotonic()
    one.recorded(["a"])
    one.recorded(["b"])
    while len(one.seen) < 2 and time.monotonic() - began < 10:
        time.sleep(0.005)
    assert time.monotonic() - began >= 0.05 * (1 + follower.REST)
    one.close()
