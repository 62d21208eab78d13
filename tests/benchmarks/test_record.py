from benchmarks.record import Record


def test_records_are_found_again_in_the_order_of_their_seeds(record, tmp_path):
    """What was saved is what is loaded."""
    second, first = record(0.4, seed=10), record(0.2, seed=2)
    second.save(tmp_path)
    first.save(tmp_path)
    assert Record.of_task("wave", tmp_path) == [first, second]


def test_a_task_without_runs_has_no_records(tmp_path):
    """A folder that is not there is no error."""
    assert Record.of_task("wave", tmp_path) == []
