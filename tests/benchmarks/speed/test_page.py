import pytest

from benchmarks.speed.case import Case
from benchmarks.speed.page import page
from benchmarks.speed.row import Row
from benchmarks.speed.target import Faster


@pytest.fixture
def row():
    """A row beside two others."""
    return Row(
        "row",
        "A row",
        "Something is timed.",
        (Case("train"),),
        ("seqloom", "torch_nn", "keras_jax", "seqloom/peak"),
        (Faster(("torch_nn",), each=1.5),),
    )


def cells(text, start):
    """The cells of the first line of a table that starts so."""
    line = next(line for line in text.splitlines() if line.startswith(f"| {start}"))
    return [cell.strip() for cell in line.strip("|").split("|")]


def test_a_case_is_a_line(row, record):
    """Our time, its share of the product's speed, and beside each other time how many of ours it is."""
    text = page([row], [record((64, {"seqloom": 0.02, "torch_nn": 0.04, "keras_jax": 0.01, "seqloom/peak": 0.01}))])
    assert cells(text, "LSTM H64") == [
        "LSTM H64",
        "20.0 ms",
        "50 %",
        "40.0 ms",
        "2.00 (2.00 to 2.00)",
        "10.0 ms",
        "**0.50** (0.50 to 0.50)",
    ]


def test_who_was_not_measured_is_shown_with_the_reason(row, record):
    """A peer that is not installed is a cell of the table."""
    text = page([row], [record((64, {"seqloom": 0.02, "torch_nn": 0.04, "keras_jax": "not installed"}))])
    assert "not measured: not installed" in cells(text, "LSTM H64")


def test_a_missed_target_is_said(row, record):
    """By what came, for each number of threads."""
    text = page(
        [row],
        [record((64, {"seqloom": 1.0, "torch_nn": 1.2})), record((64, {"seqloom": 1.0, "torch_nn": 2.0}), threads=2)],
    )
    assert cells(text, "A row") == ["A row", "torch.nn: each ≥ 1.5", "2.00, reached", "1.20, **missed**"]


def test_small_records_are_left_out(row, record):
    """Tiny sizes are no measurement."""
    assert "## Not measured yet\n\nA row." in page([row], [record((64, {"seqloom": 1.0}), small=True)])
