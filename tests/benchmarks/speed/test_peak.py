import pytest

from benchmarks.speed.peak import peak


@pytest.mark.slow
@pytest.mark.parametrize("threads", [1, 2])
def test_every_thread_does_all_of_the_product(threads):
    """Twice the threads are twice the operations of a call."""
    work = peak(threads)
    assert work.facts["operations"] == threads * peak(1).facts["operations"]
    assert min(work.timed(2)) > 0
