import re

import pytest

from seqloom.cli.main import run


@pytest.mark.slow
def test_the_recipe_measures_itself_beside_chance(tmp_path, capsys):
    """It is judged on sequences of 600 steps; who always answers 1 errs by the variance of a sum of two."""
    assert run(["recipe", "run", "adding", str(tmp_path), "--sequences", "60", "--epochs", "1"]) == 0
    out = capsys.readouterr().out
    assert "60 sequences of 1" in out
    assert float(re.search(r"mean squared error on 600 steps: ([\d.]+)", out)[1]) > 0
    # Two thirds of a twelfth each way: 1/6, give or take three standard errors of 500 draws.
    assert float(re.search(r"always answers 1 has ([\d.]+)", out)[1]) == pytest.approx(1 / 6, abs=0.03)
