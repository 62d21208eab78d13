"""A layer that keeps less: the bits of the whole, and its gradients."""

import numpy as np
import pytest

from seqloom.kernels import run_back
from seqloom.kernels.segments import SEGMENTS, Layer, outline, outline_back

LENGTHS = {
    "ragged": (23, 20, 11, 11, 3, 1, 1),
    "fewer steps than segments": (3, 2, 1),
    "one step": (1, 1),
    "one long": (200, 1),
    "none": (),
}
MODES = {
    "forward": (False, False),
    "reverse": (True, False),
    "masked": (False, True),
    "masked in reverse": (True, True),
}


def layer_of(drawn, mode):
    """What the layer reads, as `outline` takes it."""
    reverse, masked = MODES[mode]
    kernel, kept = drawn.recurrence.kernel, drawn.kept if masked else None
    return Layer(kernel, drawn.weights, drawn.x, drawn.sizes, reverse, kept)


def whole_of(drawn, mode):
    """The layer run at once."""
    reverse, masked = MODES[mode]
    return drawn.run(reverse=reverse, kept=drawn.kept if masked else None)


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("lengths", LENGTHS)
def test_outputs_and_states_are_those_of_the_whole(recurrence, draw, lengths, mode):
    """Bit by bit, in either direction, at any lengths."""
    drawn = draw(recurrence, 3, 18, LENGTHS[lengths])
    short, whole = outline(layer_of(drawn, mode), drawn.state), whole_of(drawn, mode)
    np.testing.assert_array_equal(short.outputs, whole.outputs)
    np.testing.assert_array_equal(np.stack(short.state), np.stack(whole.state))


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("lengths", LENGTHS)
def test_gradients_are_those_of_the_whole(recurrence, draw, numbers, lengths, mode):
    """Those of inputs and state bit by bit, those of weights but for the order in which rows are added up."""
    drawn = draw(recurrence, 3, 18, LENGTHS[lengths], np.float64)
    outputs = numbers.standard_normal((len(drawn.x), 18))
    state = tuple(numbers.standard_normal(part.shape) for part in drawn.state)
    came = outline_back(outline(layer_of(drawn, mode), drawn.state), outputs, state)
    expected = run_back(whole_of(drawn, mode), outputs, state)
    np.testing.assert_array_equal(came.x, expected.x)
    np.testing.assert_array_equal(np.stack(came.state), np.stack(expected.state))
    for part, other in zip(came.weights, expected.weights, strict=True):
        np.testing.assert_allclose(part, other, rtol=1e-12, atol=1e-11)  # float64: sums of some hundred rows


def test_gradients_of_inputs_are_left_out_where_nobody_asks(cells, draw):
    """The others are the same without them, bit by bit."""
    drawn = draw(cells["gru"], 3, 18, LENGTHS["ragged"])
    outputs, state = np.ones((len(drawn.x), 18), np.float32), (np.ones_like(drawn.state[0]),)
    whole, part = (
        outline_back(outline(layer_of(drawn, "forward"), drawn.state), outputs, state, needs_x=needs)
        for needs in (True, False)
    )
    assert part.x is None
    for came, expected in zip([*part.weights, *part.state], [*whole.weights, *whole.state], strict=True):
        np.testing.assert_array_equal(came, expected)


def test_segments_have_about_as_many_rows_each(cells, draw):
    """However many sequences are left at a step."""
    drawn = draw(cells["gru"], 3, 5, tuple(range(100, 0, -1)))
    stops = outline(layer_of(drawn, "forward"), drawn.state).stops
    counts = [segment.end - segment.begin for segment, _ in stops]
    assert len(counts) == SEGMENTS
    assert sum(counts) == len(drawn.x)
    assert max(counts) - min(counts) <= 2 * 100
