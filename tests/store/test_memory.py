"""Sessions in the memory of this process; the laws are in test_store.py."""

from seqloom.store import Change, MemoryStore
from tests.store.conftest import a_session


def test_each_store_in_memory_is_its_own():
    """Two models in one program do not see each other's streams."""
    with MemoryStore() as one, MemoryStore() as other:
        one.commit(Change([a_session()]))
        assert other.count() == 0


def test_a_change_is_not_held_on_to():
    """The lists of a commit may be used again by who made them."""
    sessions = [a_session()]
    with MemoryStore() as store:
        store.commit(Change(sessions))
        sessions.clear()
        assert store.count() == 1
