import pytest

from seqloom.artifact.refusal import refusal, shown


def test_a_refusal_answers_the_four_questions() -> None:
    """Where, what was expected, what came, what to do."""
    error = refusal("a.loom", expected="a digest", came="none")

    assert str(error) == ("a.loom: expected a digest, came none; get the artifact again from where it was made")


@pytest.mark.parametrize(
    ("value", "text"),
    [("a", "'a'"), ("\x1b[2J\n", r"'\x1b[2J\n'"), ("ü", r"'\xfc'"), ([1], "[1]"), ("x" * 99, f"'{'x' * 55} ...")],
)
def test_foreign_values_are_shown_harmlessly(value: object, text: str) -> None:
    """Control characters are escaped and long values cut: a message cannot be forged from inside of an artifact."""
    assert shown(value) == text
