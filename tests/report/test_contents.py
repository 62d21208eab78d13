def test_figures_are_found_by_name(report):
    """A figure can be taken out; one that is not there is None."""
    assert report.figure("training").title == "Loss by epoch"
    assert report.figure("nothing") is None
