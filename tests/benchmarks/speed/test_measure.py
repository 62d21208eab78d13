from benchmarks.speed import measure


def test_rows_are_listed(capsys):
    """Each line names a row, its cases and who takes part."""
    assert measure.main(["--list"]) == 0
    assert "forecaster: An update of a forecaster, 1 cases beside seqloom/default, torch_nn" in capsys.readouterr().out


def test_an_unknown_row_ends_with_two(capsys):
    """The names there are go to stderr."""
    assert measure.main(["nothing"]) == 2
    assert "came 'nothing'" in capsys.readouterr().err


def test_the_page_that_is_kept_is_the_one_the_records_give(tmp_path):
    """No number on it was typed by hand."""
    measure.rebuild(target=tmp_path / "performance.md", plot=tmp_path / "performance.svg")
    assert (tmp_path / "performance.md").read_text(encoding="utf-8") == measure.PAGE.read_text(encoding="utf-8")
