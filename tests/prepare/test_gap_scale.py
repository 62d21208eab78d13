import numpy as np
import pytest

from seqloom.prepare.gap_scale import GapScale, gaps_of


@pytest.fixture
def log(dataset):
    """Maker of events of one type at these times."""

    def make(times, lengths=None):
        return dataset({"kind": ["a"] * len(times)}, lengths=lengths, target="kind", times=times)

    return make


def test_gaps_begin_anew_with_each_sequence(log):
    """The first event of a sequence follows none."""
    np.testing.assert_array_equal(gaps_of(log([1.0, 4.0, 4.0, 0.0, 9.0], [3, 2])), [np.nan, 3, 0, np.nan, 9])


def test_gaps_of_time_stamps_are_seconds(log):
    """A minute and a half is 90."""
    times = np.array(["2024-01-01T00:00:00", "2024-01-01T00:01:30"], dtype="datetime64[us]")
    assert gaps_of(log(times))[1] == 90.0


def test_logarithms_are_scaled_by_the_training_part(log):
    """Gaps of the spans alone have mean 0 and deviation 1."""
    dataset = log(np.cumsum([0, 1.0, np.e, 1.0, np.e, 1e6]))
    scale = GapScale.fit(dataset, np.array([[0, 5]]))
    assert (scale.center, scale.scale) == (pytest.approx(0.5), pytest.approx(0.5))
    assert scale.rows(dataset)[1:5, 1] == pytest.approx([-1, 1, -1, 1])


def test_rows_invert_to_the_gaps(log):
    """Zero gaps and others come back."""
    dataset = log([0.0, 0.0, 2.0, 7.0])
    scale = GapScale.fit(dataset, np.array([[0, 4]]))
    np.testing.assert_allclose(scale.invert(*scale.rows(dataset).T), gaps_of(dataset), rtol=1e-12)


def test_inputs_have_no_missing_value(log):
    """A first event and a zero gap are read as ordinary ones, the zero with its mark."""
    dataset = log([0.0, 0.0, 2.0, 7.0])
    inputs = GapScale.fit(dataset, np.array([[0, 4]])).inputs(dataset)
    assert inputs[0].tolist() == [0, 0]
    assert inputs[1].tolist() == [1, 0]


def test_where_no_time_passes_there_is_no_scale(log):
    """Events that all share one time stamp have no gap to be learned."""
    assert GapScale.fit(log([3.0, 3.0, 3.0]), np.array([[0, 3]])) is None
