"""The errors: one root, a built-in cousin for each, and a sentence that answers four questions."""

import inspect

import pytest

from seqloom import errors
from seqloom.errors import InputError, NotFittedError, SeqloomError

LEAVES = [
    kind
    for _, kind in inspect.getmembers(errors, inspect.isclass)
    if issubclass(kind, SeqloomError) and kind is not SeqloomError
]


@pytest.mark.parametrize("kind", LEAVES)
def test_every_error_is_ours_and_a_built_in_one(kind):
    """Who knows nothing of the package catches what Python would have raised."""
    cousins = [
        base
        for base in kind.__mro__
        if base.__module__ == "builtins" and base not in (object, Exception, BaseException)
    ]
    assert cousins


@pytest.mark.parametrize("kind", [SeqloomError, *LEAVES])
def test_a_message_says_where_what_was_expected_what_came_and_what_to_do(kind):
    """The parts stand in one line, in this order."""
    error = kind("a.csv, row 3", expected="a number", came="'x'", fix="correct the cell")
    assert str(error) == "a.csv, row 3: expected a number, came 'x'; correct the cell"


def test_the_parts_of_a_message_can_be_read():
    """A program need not parse the sentence."""
    error = InputError("a.csv", expected="a number", came="'x'", fix="correct it")
    assert (error.where, error.expected, error.came, error.fix) == ("a.csv", "a number", "'x'", "correct it")


@pytest.mark.parametrize("kind", LEAVES)
def test_bad_input_is_told_from_failure(kind):
    """Exit code 2 where input or an artifact is to blame, 1 for everything else."""
    blamed = issubclass(kind, InputError | errors.StreamError) or kind is errors.ArtifactError
    blamed = blamed and kind is not errors.DamagedStreamError
    assert kind.exit_code == (2 if blamed else 1)


def test_an_unfitted_estimator_looks_unfitted():
    """`hasattr` says no where a method was called before `fit`."""
    assert issubclass(NotFittedError, AttributeError)


def test_the_tree_is_drawn_completely():
    """Every error stands in the drawing at the top of the file."""
    assert [kind.__name__ for kind in LEAVES if kind.__name__ not in (errors.__doc__ or "")] == []
