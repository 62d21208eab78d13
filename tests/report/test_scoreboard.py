"""The metrics beside each other in a terminal."""

from rich.console import Console

from seqloom.report import Scoreboard

SHOWN = ("rmse", "mae", "smape", "coverage_90")
METRICS = {
    "model": {"rmse": 1.23456, "mae": 1.0, "coverage_90": 0.9, "mse": 1.5},
    "seasonal_naive": {"rmse": 2.0, "mae": 1.5},
}


def test_rows_hold_the_metrics_of_the_task_in_a_fixed_order():
    """Only the task's main metrics are shown, and those nobody has are left out."""
    assert Scoreboard(SHOWN, METRICS).rows()[0] == ("", "rmse", "mae", "coverage_90")


def test_what_an_alternative_lacks_is_a_hyphen():
    """A point forecast has no coverage; names are words."""
    assert Scoreboard(SHOWN, METRICS).rows()[2] == ("seasonal naive", "2.000", "1.500", "-")


def test_the_table_is_printed_with_its_title():
    """Rich prints a title, a head and one line each."""
    console = Console(width=80, record=True, file=None)
    with console.capture() as captured:
        console.print(Scoreboard(SHOWN, METRICS, title="Test part"))
    lines = [line.strip() for line in captured.get().splitlines() if line.strip()]
    assert lines[0] == "Test part"
    assert [line.split()[0] for line in lines[1:]] == ["rmse", "model", "seasonal"]
