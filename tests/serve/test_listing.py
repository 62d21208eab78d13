"""A page of names."""

from seqloom.live import Call, Reading
from seqloom.serve.listing import Listing


def test_a_full_page_says_where_the_next_one_begins(engine):
    """A page that is not full is the last one, and no stream has to wait for it."""
    engine.read([Call(name, [Reading({"a": 1.0, "mode": "on"})]) for name in "ab"])
    assert Listing("", 2).operate(engine).answer == {"streams": ["a", "b"], "after": "b", "count": 2}
    assert Listing("b", 2).operate(engine).answer == {"streams": [], "after": None, "count": 2}
    assert Listing("", 2).streams == ()
