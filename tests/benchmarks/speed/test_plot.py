import pytest

from benchmarks.speed.case import Case
from benchmarks.speed.plot import draw
from benchmarks.speed.row import Row


@pytest.fixture
def rows():
    """A row beside two others."""
    return [Row("row", "A row", "Timed.", (Case("train"),), ("seqloom", "torch_nn", "keras_jax"), ())]


def test_the_same_records_give_the_same_picture(rows, record, tmp_path):
    """No date and no random name is in the file."""
    for name in ("a.svg", "b.svg"):
        draw(rows, [record((64, {"seqloom": 1.0, "torch_nn": 2.0}))], tmp_path / name)
    assert (tmp_path / "a.svg").read_bytes() == (tmp_path / "b.svg").read_bytes()


def test_who_was_not_measured_has_no_line(rows, record, tmp_path):
    """A second peer makes the picture higher."""

    def height(needed):
        draw(rows, [record((64, needed))], tmp_path / "plot.svg")
        return float((tmp_path / "plot.svg").read_text().split('height="')[1].split("pt")[0])

    one = height({"seqloom": 1.0, "torch_nn": 2.0, "keras_jax": "not installed"})
    assert height({"seqloom": 1.0, "torch_nn": 2.0, "keras_jax": 3.0}) > one


def test_nothing_is_drawn_without_a_ratio(rows, tmp_path):
    """No file is made."""
    draw(rows, [], tmp_path / "plot.svg")
    assert not (tmp_path / "plot.svg").exists()
