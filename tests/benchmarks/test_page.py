from benchmarks.page import page


def row(text, start):
    """The cells of the first row of a table that starts so."""
    line = next(line for line in text.splitlines() if line.startswith(f"| {start}"))
    return [cell.strip() for cell in line.strip("|").split("|")]


def test_runs_are_shown_as_mean_deviation_and_worst(task, record):
    """Two seeds of 0.2 and 0.4 are 0.3 with a deviation of 0.1414, the worst of them 0.4."""
    cells = row(page([task], [record(0.2), record(0.4, seed=1)]), "**seqloom")
    assert cells == [
        "**seqloom, GRU 2**, 2 seeds",
        "**0.3000 ± 0.1414, worst 0.4000**",
        "**0.1500 ± 0.0707, worst 0.2000**",
        "1,234",
        "10",
    ]


def test_alternatives_and_references_stand_beside(task, record):
    """Each has a row in the task's table; what was not published is left empty."""
    text = page([task], [record(0.2)])
    assert row(text, "naive") == ["naive", "0.6000", "0.4000", "", ""]
    assert row(text, "*someone*") == ["*someone* (Some paper)", "0.4000", "", "", ""]


def test_a_missed_target_is_said(task, record):
    """The line names the target and by how much it was missed."""
    assert "**Target rmse ≤ 0.5: missed by 0.2000.**" in page([task], [record(0.7)])


def test_a_reached_target_is_said(task, record):
    """The stretch shows in the overview."""
    text = page([task], [record(0.05)])
    assert "Target rmse ≤ 0.5: reached." in text
    assert row(text, "[A wave]")[-1] == "stretch reached"


def test_runs_of_another_recipe_are_left_out(task, record):
    """A record of settings the task no longer has counts as no measurement."""
    text = page([task], [record(0.05, recipe={"epochs": 99})])
    assert "## Not measured yet\n\nA wave." in text


def test_too_much_overhead_is_said(task, record):
    """Loading and logging may add a tenth."""
    assert row(page([task], [record(0.2, overhead=0.09)]), "A wave")[1:3] == ["9.0 %", "yes"]
    assert row(page([task], [record(0.2, overhead=0.12)]), "A wave")[1:3] == ["12.0 %", "**no**"]
