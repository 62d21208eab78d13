import numpy as np

from seqloom.live.steps import Steps
from tests.live.conftest import form_of, memory_of


def test_steps_are_cut_and_joined():
    """All of their columns."""
    every = memory_of(4).kept
    again = Steps.joined([every[:1], every[1:1], every[1:]])
    np.testing.assert_array_equal(again.numbers, every.numbers)
    np.testing.assert_array_equal(again.codes, every.codes)
    np.testing.assert_array_equal(again.times, every.times)
    assert again.words == list(every.words)
    assert len(every[1:3]) == 2


def test_where_one_has_no_times_all_have_none():
    """Nobody knows when steps ahead will be."""
    assert Steps.joined([memory_of(2).kept, memory_of(1, clock="none").kept]).times is None


def test_no_steps_have_the_columns_of_all_others():
    """And a clock, if there is one."""
    nothing = Steps.nothing(form_of("stamps"))
    assert (len(nothing), nothing.numbers.shape, nothing.codes.shape) == (0, (0, 2), (0, 1))
    assert nothing.times.dtype == np.int64
    assert Steps.nothing(form_of("none")).times is None


def test_a_copy_holds_nothing_of_the_original():
    """Neither can change the other, nor keep it in memory."""
    every = memory_of(3).kept
    copy = every[:1].copy()
    copy.numbers[0], copy.codes[0], copy.times[0] = -7.0, 0, -7
    assert every.numbers[0, 0] != -7.0
    assert copy.numbers.base is None
