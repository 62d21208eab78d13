import math

import numpy as np
import pytest

from seqloom.live.keep import Keeper
from seqloom.live.steps import Steps
from seqloom.sequence import Column, Schema
from tests.live.conftest import form_of

NAN = math.nan


def of(a, b=0.0, code=0, time=0.0):
    """A step."""
    return Steps(np.array([[a, b]]), np.array([[code]], np.int32), np.array([time]), [("w",)])


def after(keeper, steps):
    """What is kept of these steps."""
    kept = Steps.nothing(keeper.form)
    for place, step in enumerate(steps):
        kept = keeper.after(kept, of(*step, time=float(place)))
    return kept


def at_once(keeper, steps):
    """What is kept of these steps, read together."""
    every = Steps.joined([of(*step, time=float(place)) for place, step in enumerate(steps)])
    return keeper.after(Steps.nothing(keeper.form), every)


def forecasting():
    """The form of a forecast of column a."""
    columns = (Column(name="a", kind="number", role="target"), Column(name="b", kind="number", role="known"))
    return form_of("numbers", schema=Schema(columns=columns))


@pytest.mark.parametrize(
    ("reach", "back", "kept"), [(0, False, 0), (0, True, 1), (None, False, 5), (None, True, 5), (2, False, 3)]
)
def test_only_so_many_steps_are_kept(reach, back, kept):
    """A window keeps the step before it, which gaps are filled from."""
    found = after(Keeper(forecasting(), reach, back, filled=False), [(float(step),) for step in range(5)])
    assert found.numbers[:, 0].tolist() == [0.0, 1.0, 2.0, 3.0, 4.0][5 - kept :]
    assert found.times.tolist() == [0.0, 1.0, 2.0, 3.0, 4.0][5 - kept :]
    assert len(found.words) == kept


def test_the_first_kept_step_stands_for_all_before_it():
    """Its gaps have the last values that were known, numbers and labels; later gaps stay."""
    steps = [(1.0, 5.0, 1), (NAN, NAN, -1), (NAN, 6.0, -1), (2.0, NAN, 0), (3.0, NAN, -1)]
    found = after(Keeper(forecasting(), 2, back=True, filled=True), steps)
    np.testing.assert_array_equal(found.numbers, [[1.0, 6.0], [2.0, NAN], [3.0, NAN]])
    assert found.codes.ravel().tolist() == [1, 0, -1]


@pytest.mark.parametrize(("back", "filled"), [(True, True), (True, False), (False, False)])
def test_steps_read_together_leave_what_they_leave_one_by_one(back, filled):
    """Whatever is missing in the last of them."""
    keeper = Keeper(forecasting(), 0, back=back, filled=filled)
    steps = [(1.0, NAN, 1), (NAN, NAN, -1), (NAN, 6.0, -1), (NAN, NAN, -1)]
    for count in (1, 2, 3, 4):
        one, other = after(keeper, steps[:count]), at_once(keeper, steps[:count])
        np.testing.assert_array_equal(one.numbers, other.numbers)
        np.testing.assert_array_equal(one.codes, other.codes)
        np.testing.assert_array_equal(one.times, other.times)


def test_what_is_kept_does_not_change_what_was_read():
    """Others may hold the same steps."""
    every = Steps.joined([of(1.0), of(NAN)])
    Keeper(forecasting(), 0, back=True, filled=True).after(Steps.nothing(forecasting()), every)
    assert math.isnan(every.numbers[1, 0])


def test_without_filling_gaps_stay_gaps():
    """They are imputed, or refused."""
    found = after(Keeper(forecasting(), 0, back=True, filled=False), [(1.0, 5.0), (NAN, 6.0)])
    np.testing.assert_array_equal(found.numbers, [[NAN, 6.0]])


def test_steps_without_a_target_are_the_future():
    """They come on top of a window, which ends with the last known target."""
    keeper = Keeper(forecasting(), 2, back=False, filled=False)
    steps = [(1.0,), (2.0,), (3.0,), (NAN,), (NAN,)]
    found = after(keeper, steps)
    assert len(found) == 5
    assert keeper.known(found, of(NAN)) == 3
    assert keeper.known(found, of(4.0)) == 6
    assert len(keeper.after(found, of(4.0))) == 3


@pytest.mark.parametrize("reach", [1, 2, None])
def test_targets_that_nobody_gives_say_nothing_of_the_future(reach):
    """A tag is no input: all steps are known, however many are kept."""
    form = form_of("numbers", schema=Schema(columns=(Column(name="y", kind="category", role="target"),)))
    keeper = Keeper(form, reach, back=False, filled=False)
    assert len(after(keeper, [(float(step),) for step in range(5)])) == (5 if reach is None else reach + 1)
    assert keeper.known(Steps.nothing(form), of(NAN)) == 1


def test_the_future_is_none_of_the_steps_that_are_known_where_all_are_kept():
    """A forecast by a method that looks at the whole of a series."""
    keeper = Keeper(forecasting(), None, back=False, filled=False)
    kept = after(keeper, [(1.0,), (2.0,), (NAN,)])
    assert keeper.known(kept, of(NAN)) == 2
