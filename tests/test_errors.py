"""The errors."""

import builtins

import pytest

from seqloom import errors
from seqloom.errors import ArtifactError, InputError, SeqloomError

EVERY = [error for error in vars(errors).values() if isinstance(error, type) and issubclass(error, SeqloomError)]


@pytest.mark.parametrize("error", EVERY)
def test_a_message_says_where_what_came_and_what_to_do(error):
    """One line holds all four parts, and each can be asked for."""
    raised = error("a.csv, row 3", expected="a number", came="'x'", fix="correct the cell")
    assert str(raised) == "a.csv, row 3: expected a number, came 'x'; correct the cell"
    assert (raised.where, raised.expected, raised.came, raised.fix) == (
        "a.csv, row 3",
        "a number",
        "'x'",
        "correct the cell",
    )


@pytest.mark.parametrize("error", [error for error in EVERY if error is not SeqloomError])
def test_every_error_is_also_one_of_pythons_own(error):
    """Code that knows nothing of seqloom can catch it."""
    assert any(base.__name__ in vars(builtins) and base is not Exception for base in error.__mro__[1:-3])


def test_unusable_input_and_artifacts_exit_with_two():
    """All else that goes wrong exits with one."""
    with_two = {error for error in EVERY if error.exit_code == 2}
    assert with_two == {error for error in EVERY if issubclass(error, (InputError, ArtifactError))}


def test_the_tree_is_drawn_at_the_top():
    """Every error stands in the module's own docstring."""
    assert [error.__name__ for error in EVERY if error.__name__ not in errors.__doc__] == []
