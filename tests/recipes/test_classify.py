import re

import pytest

from seqloom.cli.main import run


@pytest.mark.slow
def test_a_trace_has_one_probability_alone_and_in_company(tmp_path, capsys):
    """The recipe prints the same probability for a short trace by itself as beside a long one."""
    assert run(["recipe", "run", "classify", str(tmp_path), "--epochs", "1"]) == 0
    together, alone = re.search(r"probability of (\S+), and of (\S+) when", capsys.readouterr().out).groups()
    assert together == alone
