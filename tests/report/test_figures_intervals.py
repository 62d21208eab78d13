"""Intervals of fixed and of adaptive width, drawn."""

from dataclasses import replace

import numpy as np
import pytest

from seqloom.evaluate import interval_records
from seqloom.report.figures import draw
from seqloom.report.figures_intervals import coverage_over_time, widths_table


@pytest.fixture
def outcome(make_forecast):
    """Fixed bounds that hold the first half of the windows alone, adaptive ones that hold all."""
    made = make_forecast(windows=40)
    narrow = np.stack([made.truth - 1, made.truth + 1], axis=-1)
    narrow[20:] += 10
    wide = np.stack([made.truth - 20, made.truth + 20], axis=-1)
    return replace(made, bounds={"fixed": narrow, "adaptive": wide})


def test_both_widths_are_lines_beside_the_promise(outcome):
    """The fixed one falls from all to nothing, the adaptive one stays."""
    figure = coverage_over_time(outcome)
    rule, fixed, adaptive = figure.panels[0].marks
    assert rule.at == pytest.approx(90.0)
    assert (fixed.y[0], fixed.y[-1]) == (100.0, 0.0)
    assert set(adaptive.y) == {100.0}
    assert figure.panels[0].x.kind == "time"
    draw(figure).draw_without_rendering()


def test_without_bounds_or_a_course_nothing_is_drawn(make_forecast, outcome):
    """A single stretch of windows is no course."""
    assert coverage_over_time(make_forecast()) is None
    few = make_forecast(windows=3)
    bounds = {"fixed": np.stack([few.truth, few.truth], axis=-1)}
    assert coverage_over_time(replace(few, bounds=bounds)) is None


def test_the_table_has_a_row_for_each_width(outcome):
    """Shares in per cent, widths in the units of the data."""
    records = interval_records(outcome.bounds, outcome.truth, outcome.prediction.times, 0.9)
    table = widths_table(records, 0.9)
    rows = [dict(zip([column.name for column in table.columns], row, strict=True)) for row in table.rows]
    assert [(row["width"], row["inside, %"], row["mean width"]) for row in rows] == [
        ("fixed", 50.0, 2.0),
        ("adaptive", 100.0, 40.0),
    ]
