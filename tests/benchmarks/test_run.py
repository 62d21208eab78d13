from benchmarks.page import page
from benchmarks.run import run


def test_a_run_writes_down_all_the_page_needs(task, tmp_path):
    """The model is measured beside alternatives, and its record can be shown."""
    record = run(task, tmp_path, 3)
    assert record.metrics["model"]["rmse"] > 0
    assert {"naive", "ridge"} <= record.metrics.keys()
    assert record.settings["seed"] == 3
    assert record.examples["test"] > 0
    assert "**seqloom, LSTM 2**, 1 seed" in page([task], [record])


def test_the_split_does_not_depend_on_the_seed_of_a_forecast(task, tmp_path):
    """Two seeds are judged on the same examples of the same data."""
    assert run(task, tmp_path, 0).split == run(task, tmp_path, 1).split


def test_a_training_that_is_kept_is_not_made_twice(task, tmp_path):
    """What is measured of its checkpoint is what was measured at first, without another epoch."""
    kept = tmp_path / "checkpoints"
    first = run(task, tmp_path, 3, directory=kept)
    history = (kept / "history.jsonl").read_text()
    again = run(task, tmp_path, 3, directory=kept)
    assert again.metrics["model"] == first.metrics["model"]
    assert (kept / "history.jsonl").read_text() == history
