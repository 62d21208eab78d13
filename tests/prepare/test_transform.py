import numpy as np
import pytest

from seqloom.prepare import Pipeline, PrepareSettings, whole

NAN = float("nan")


def mixed(dataset, rows=500, seed=0):
    """Numbers with gaps, a category with gaps, a clock, and sequences of different length."""
    generator = np.random.default_rng(seed)
    gappy = np.where(generator.random((rows, 2)) < 0.1, NAN, generator.normal(size=(rows, 2)))
    times = np.datetime64("2001-01-01", "us") + np.arange(rows) * np.timedelta64(1, "h")
    return dataset(
        {
            "y": gappy[:, 0],
            "x": gappy[:, 1],
            "k": [[None, "a", "b"][i] for i in generator.integers(0, 3, size=rows)],
            "p": generator.normal(size=rows),
        },
        lengths=[rows // 5, rows - rows // 5],
        known=["p"],
        times=times,
        statics={"size": [1.0, 2], "kind": ["u", "v"]},
    )


def fit(made, **settings):
    return Pipeline.fit(made, whole(made, "train"), PrepareSettings(**settings), task="values")


def on_disk(made, folder):
    """The same data set with memory-mapped step columns."""
    for name, column in made.steps.items():
        mapped = np.memmap(folder / name, dtype=column.dtype, mode="w+", shape=column.shape)
        mapped[:] = column
        made.steps[name] = mapped
    return made


@pytest.mark.parametrize("missing", ["forward-fill", "impute"])
@pytest.mark.parametrize("encoding", ["embedding", "one-hot", "integer"])
def test_the_size_of_a_chunk_changes_nothing(dataset, missing, encoding, monkeypatch):
    """Chunks of three rows give the matrices that one chunk gives."""
    made = mixed(dataset, 100)
    expected = fit(made, missing=missing, encoding=encoding).transform(made)
    monkeypatch.setattr("seqloom.prepare.table.Table.chunks.__defaults__", (3,))
    found = fit(made, missing=missing, encoding=encoding).transform(made)
    np.testing.assert_allclose(found.numbers, expected.numbers, atol=1e-6)  # sums in another order
    np.testing.assert_array_equal(found.codes, expected.codes)
    np.testing.assert_allclose(found.targets, expected.targets, atol=1e-6)
    np.testing.assert_allclose(found.history, expected.history, atol=1e-6)


def test_memory_mapped_columns_are_prepared_on_disk(dataset, tmp_path):
    """The same numbers, mapped, and no file to be found beside the columns."""
    made = mixed(dataset)
    pipeline = fit(made, missing="impute")
    expected = pipeline.transform(made)
    found = pipeline.transform(on_disk(made, tmp_path))
    for name in ("numbers", "codes", "targets", "history"):
        assert isinstance(getattr(found, name), np.memmap)
        np.testing.assert_array_equal(getattr(found, name), getattr(expected, name))
    assert {path.name for path in tmp_path.iterdir()} == {"y", "x", "k", "p"}


def test_every_matrix_has_its_row_for_every_step(dataset):
    """And every column its name."""
    made = mixed(dataset)
    found = fit(made, missing="impute").transform(made)
    assert found.numbers.shape == (500, len(found.number_names))
    assert found.number_names == (
        "x",
        "p",
        "x:missing",
        *(f"calendar: {name}, {part}" for name in ("hour of day", "day of week") for part in ("sin", "cos")),
        "y:missing",
    )
    assert found.known.tolist() == [False, True, False, True, True, True, True, False]
    assert found.code_names == ("k",)
    assert found.code_sizes == (3, 3)
    assert (found.static_numbers.shape, found.static_codes.tolist()) == ((2, 1), [[1], [2]])


def test_a_target_without_gaps_is_its_own_history(dataset):
    """No second matrix is held."""
    made = dataset({"y": [1.0, 2, 3]})
    assert fit(made, missing="impute").transform(made).history is None


def test_the_future_is_no_gap(dataset):
    """Rows after the last known target are not filled, and need no second matrix."""
    pipeline = fit(dataset({"y": [1.0, 2, 3], "p": [0.0, 1, 2]}, known=["p"]), missing="impute")
    found = pipeline.transform(dataset({"y": [1.0, 2, NAN], "p": [0.0, 1, 2]}, known=["p"]))
    assert found.history is None
    assert np.isnan(found.targets[:, 0]).tolist() == [False, False, True]


def test_matrices_may_be_written_to(dataset, tmp_path):
    """Torch shares their memory and warns of arrays that are for reading only."""
    made = on_disk(mixed(dataset), tmp_path)
    found = fit(made, missing="impute").transform(made)
    assert all(getattr(found, name).flags.writeable for name in ("numbers", "codes", "targets", "static_numbers"))
