from benchmarks.speed.case import Case
from benchmarks.speed.memory import measure
from benchmarks.speed.rounds import Effort


class Asked:
    """Peers that write down what they are asked."""

    def __init__(self):
        self.said = []

    def ask(self, peer, do, **_):
        """Any question."""
        self.said.append((peer, do))
        return {"bytes": 5_000_000}

    def forget(self, peer):
        """The end of a process."""
        self.said.append((peer, "end"))


def test_each_is_measured_in_a_new_process():
    """What a library takes for good is taken in a small case before."""
    peers = Asked()
    measured = measure(Case("train"), ["us", "them"], peers, Effort())
    of_one = ["end", "prepare", "time", "prepare", "memory", "end"]
    assert peers.said == [(who, do) for who in ("us", "them") for do in of_one]
    assert measured.figure("us").value == 5e6


def test_who_cannot_be_measured_has_a_reason(peers):
    """A peer that is not there is reported."""
    assert "its process ended" in measure(Case("train"), ["missing"], peers, Effort()).figure("missing").reason
