from importlib import import_module

from seqloom.alternatives.fitters import ROOM, fitters


def test_the_room_is_the_one_that_fits():
    """It is named once, and holds what its door lists."""
    assert fitters() is import_module(ROOM)
    assert all(hasattr(fitters(), name) for name in fitters().__all__)
