import pytest

import seqloom
from seqloom.cli.main import run


@pytest.mark.slow
def test_the_recipe_leaves_a_model_that_answers_every_step(tmp_path, capsys):
    """The saved model gives one value for each part a tool has milled so far."""
    assert run(["recipe", "run", "regress", str(tmp_path), "--epochs", "1"]) == 0
    assert "feed forward" in capsys.readouterr().out
    at_work = {"tool": ["new"] * 5, "part": [1, 2, 3, 4, 5], "vibration": [0.1] * 5, "force": [0.5] * 5}
    assert seqloom.load(tmp_path / "tools.loom").predict(at_work).shape == (5,)
