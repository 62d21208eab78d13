from pathlib import Path

import pytest

from seqloom.cli.generating import Asked


@pytest.mark.parametrize(
    ("output", "base"),
    [(None, "m-generated"), ("out", "out"), ("a/out.mid", "a/out"), ("out.WAV", "out"), ("v1.5", "v1.5")],
)
def test_files_are_called_after_the_output_or_the_model(output, base):
    """One ending of the task's own is taken off; other dots stay."""
    asked = Asked(Path("models/m.loom"), None, 0, 1.0, None if output is None else Path(output))
    assert asked.base((".mid", ".wav")) == Path(base)
