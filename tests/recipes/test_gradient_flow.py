"""The recipe that measures gradients."""

from seqloom.cli.main import run


def test_vanishing_exploding_and_its_cure_are_measured(tmp_path, capsys):
    """Elman's gradient is gone, those of gates are not; unclipped weights are lost, clipped ones stay."""
    assert run(["recipe", "run", "gradient_flow", str(tmp_path), "--updates", "12"]) == 0
    lines = dict(line.split(": ", 1) for line in capsys.readouterr().out.splitlines() if ": " in line)
    assert "vanishes" in lines["Elman"]
    assert "arrives" in lines["GRU"]
    assert "arrives" in lines["LSTM"]
    assert "no longer a number" in lines["Elman, relu, large weights"]
    assert "no longer a number" not in lines["Elman, relu, large weights, clipped"]
    assert "How far back the gradient reaches" in (tmp_path / "gradient_flow.html").read_text()
