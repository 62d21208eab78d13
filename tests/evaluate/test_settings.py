"""What can be chosen about judging."""

import pytest
from pydantic import ValidationError

from seqloom.evaluate import JudgeSettings


def test_simple_methods_are_compared_with_unless_told_otherwise():
    """They take seconds."""
    assert JudgeSettings().against == "quick"


def test_nothing_else_can_be_compared_with():
    """By name."""
    with pytest.raises(ValidationError, match="against"):
        JudgeSettings(against="everything")
