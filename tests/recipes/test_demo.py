import re

import pytest

from seqloom.cli.main import run


@pytest.mark.slow
def test_the_reloaded_artifact_agrees_with_the_model(tmp_path, capsys):
    """The demo shows one value by the model and the same by the artifact it was saved to."""
    assert run(["recipe", "run", "demo", str(tmp_path), "--epochs", "1"]) == 0
    by_model, by_artifact = re.search(
        r"([\d.]+) by the model, ([\d.]+) by the reloaded", capsys.readouterr().out
    ).groups()
    assert by_model == by_artifact
    assert (tmp_path / "co2.html").is_file()
