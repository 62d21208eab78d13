import pytest

from benchmarks.speed.case import Case
from benchmarks.speed.process import Cores, Unavailable, interpreter

CASE = Case("train").to_json()


def test_what_a_peer_prints_is_no_answer(peers):
    """Lines a library prints do not come between question and answer."""
    assert peers.ask("toy", "prepare", slot="a", case=CASE, variant="")["facts"] == {"operations": 64.0}
    assert peers.versions == {"toy": {"toy": "1.0"}}


def test_a_bug_in_a_peer_is_reported_and_it_goes_on(peers):
    """The message is one line, and the next question is answered."""
    with pytest.raises(Unavailable, match=r"ZeroDivisionError: a bug"):
        peers.ask("toy", "prepare", slot="a", case=CASE, variant="broken")
    assert peers.ask("toy", "drop", slot="a") == {}


def test_a_peer_that_ends_is_reported_and_started_again(peers):
    """Its end is no answer; the next question finds a new process."""
    peers.ask("toy", "prepare", slot="a", case=CASE, variant="ends")
    with pytest.raises(Unavailable, match="its process ended"):
        peers.ask("toy", "time", slot="a", calls=1)
    assert peers.ask("toy", "drop", slot="a") == {}


def test_a_peer_that_does_not_answer_is_given_up(peers):
    """Who waits is told for how long."""
    peers.ask("toy", "prepare", slot="a", case=CASE, variant="slow")
    with pytest.raises(Unavailable, match=r"no answer within 0 seconds"):
        peers.ask("toy", "time", slot="a", calls=1000, patience=0.1)


def test_an_environment_that_is_missing_is_named(tmp_path):
    """The message is the command that makes it."""
    with pytest.raises(Unavailable, match=r"^not installed: run scripts/peers keras_jax$"):
        interpreter("keras_jax", tmp_path)


def test_every_library_is_told_the_same_threads():
    """An environment of its own does not see the package's search path."""
    environment = Cores(2).environment(own=False)
    assert {environment["OMP_NUM_THREADS"], environment["MKL_NUM_THREADS"]} == {"2"}
    assert "PYTHONPATH" not in environment
