import pytest

from benchmarks.speed.target import AtMost, Faster, ShareOfPeak


@pytest.fixture
def two(record):
    """Two cases: twice and eight times as fast as another, half and a tenth as fast as the product alone."""
    return record(
        (32, {"seqloom": 1.0, "torch_nn": 2.0, "seqloom/peak": 0.5}),
        (64, {"seqloom": 1.0, "torch_nn": 8.0, "seqloom/peak": 0.1}),
    )


@pytest.mark.parametrize(
    ("target", "reached"),
    [
        (Faster(("torch_nn",), each=2.0, mean=3.9), True),
        (Faster(("torch_nn",), each=2.1), False),
        (Faster(("torch_nn",), mean=4.1), False),
        (Faster(("torch_nn",), each=7.0, where={"hidden": (64,)}), True),
        (Faster(("darts",), each=1.0), None),
        (AtMost("seqloom", 1.0), True),
        (AtMost("torch_nn", 7.9), False),
        (ShareOfPeak("seqloom", 0.1), True),
        (ShareOfPeak("seqloom", 0.2), False),
    ],
)
def test_every_case_counts(two, target, reached):
    """The worst case decides where each is to reach something, the geometric mean where that is asked."""
    assert target.verdict(two).reached is reached


def test_a_verdict_says_what_came(two):
    """The target and both figures in words."""
    verdict = Faster(("torch_nn",), each=2.1, where={"hidden": (32, 64)}).verdict(two)
    assert (verdict.wanted, verdict.came) == ("torch.nn, H 32, 64: each ≥ 2.1", "least 2.00, mean 4.00")


def test_cases_that_were_not_measured_are_counted(record):
    """A target reached in one of two cases says so."""
    verdict = Faster(("torch_nn",), each=1.0).verdict(
        record((32, {"seqloom": 1.0, "torch_nn": 2.0}), (64, {"seqloom": 1.0, "torch_nn": "no such cell"}))
    )
    assert verdict.came == "2.00, 1 not measured"
