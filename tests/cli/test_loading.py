"""Garbage is not looked for while modules are loaded."""

import gc

import pytest

from seqloom.cli.loading import loading


@pytest.fixture(autouse=True)
def _as_before():
    """The collector as other tests expect it."""
    yield
    gc.unfreeze()
    gc.enable()


def test_nothing_is_collected_meanwhile():
    """The collector rests inside, and works again outside."""
    with loading():
        assert not gc.isenabled()
    assert gc.isenabled()


def test_what_was_loaded_is_no_longer_looked_through():
    """What was made inside stands apart from what collections look at."""
    before = gc.get_freeze_count()
    with loading():
        kept = [[] for _ in range(1000)]
    assert gc.get_freeze_count() - before >= len(kept)


def test_a_collector_that_was_off_stays_off():
    """Who turned it off wants it so."""
    gc.disable()
    with loading():
        pass
    assert not gc.isenabled()


def test_it_works_again_after_a_failure():
    """An import that fails leaves the collector at work."""
    with pytest.raises(ImportError), loading():
        raise ImportError("no such module")
    assert gc.isenabled()
