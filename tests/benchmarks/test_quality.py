from benchmarks import quality


def test_tasks_are_listed_by_file(capsys):
    """Each line names a file and its tasks."""
    assert quality.main(["--list"]) == 0
    assert "airline: airline\n" in capsys.readouterr().out


def test_a_task_without_its_data_is_skipped_with_the_reason(tmp_path, capsys, monkeypatch):
    """The file that is missing is named."""
    monkeypatch.setattr(quality, "rebuild", lambda: None)
    assert quality.main(["airline", "--data", str(tmp_path)]) == 0
    assert "skipped airline: no classic_series/airline-passengers.csv in" in capsys.readouterr().out


def test_an_unknown_task_ends_with_two(capsys):
    """The names there are go to stderr."""
    assert quality.main(["nothing"]) == 2
    assert "came 'nothing'" in capsys.readouterr().err


def test_data_are_found_by_the_environment(monkeypatch, tmp_path):
    """SEQLOOM_DATA wins over the folder beside the checkout."""
    monkeypatch.setenv("SEQLOOM_DATA", str(tmp_path))
    assert quality.data_folder() == tmp_path


def test_the_page_that_is_kept_is_the_one_the_runs_give(tmp_path):
    """No number on it was typed by hand."""
    quality.rebuild(target=tmp_path / "results.md")
    assert (tmp_path / "results.md").read_text(encoding="utf-8") == quality.PAGE.read_text(encoding="utf-8")
