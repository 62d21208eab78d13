"""Small artifacts, which a registry keeps without asking what is in them."""

import pytest

from seqloom.artifact import read_container, write_container
from seqloom.registry import Registry


def artifact(path, *, mse=1.0, turn=0, as_directory=False):
    """An artifact with these metrics; two with another turn have another digest."""
    manifest = {
        "task": "forecast",
        "fingerprint": {"source": "a.csv", "turn": turn},
        "settings": {"horizon": 2},
        "metrics": {"test": {"mse": mse}},
    }
    return write_container(path, manifest, {"history.jsonl": b"%d" % turn * 500}, as_directory=as_directory)


@pytest.fixture
def make(tmp_path):
    """Makes artifacts outside of the registry."""
    return lambda name="model.loom", **choices: artifact(tmp_path / name, **choices)


@pytest.fixture
def registry(tmp_path, make):
    """Three versions, the first one the champion."""
    made = Registry.make(tmp_path / "models")
    for turn in range(1, 4):
        made.add(make(f"{turn}.loom", turn=turn, mse=1 / turn), parent=turn - 1 or None, note=f"turn {turn}", by="ann")
    made.promote(1, expected=None, why="the first", by="ann")
    return made


@pytest.fixture
def whole():
    """Whether a registry is whole: it has a champion, whose artifact is the one the history led to."""

    def check(folder):
        opened = Registry(folder)
        champion = opened.champion()
        return (
            opened.promotions()[-1].after == champion.version
            and read_container(folder).digest == champion.digest == opened.version(champion.version).digest
        )

    return check
