import re

import pytest

from seqloom.cli.main import run


@pytest.mark.slow
def test_the_recipe_learns_to_copy_over_a_short_wait(capsys):
    """After a few hundred batches more symbols are right than the one in eight of chance."""
    words = ["--wait", "5", "--updates", "300", "--hidden-size", "48"]
    assert run(["recipe", "run", "copy_memory", *words]) == 0
    out = capsys.readouterr().out
    shares = [float(share) for share in re.findall(r"([\d.]+) % of the symbols right", out)]
    assert shares[-1] > 40
    assert "new sequences copied without a mistake" in out
