import numpy as np
import pytest

import seqloom
from seqloom.cli.main import run

RUNS = (*(f"valve1/{k}" for k in range(16)), *(f"valve2/{k}" for k in range(4)), *(f"other/{k}" for k in range(1, 15)))


@pytest.fixture
def circuit(tmp_path):
    """A folder like the benchmark's: 34 short made-up experiments, the flow of which falls for a while."""
    folder, random = tmp_path / "skab", np.random.default_rng(0)
    for name in RUNS:
        flow = 30 + random.normal(size=500)
        flow[440:470] -= 15
        marks = np.isin(np.arange(500), np.arange(440, 470)).astype(float)
        rows = [
            f"2020-03-09 10:{k // 60:02}:{k % 60:02};{random.normal():.3f};{flow[k]:.3f};{marks[k]};0.0"
            for k in range(500)
        ]
        path = folder / f"{name}.csv"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join(["datetime;Current;Flow;anomaly;changepoint", *rows]) + "\n")
    return folder


@pytest.mark.slow
def test_the_recipe_finds_the_disturbances(tmp_path, circuit, capsys):
    """Beside control charts, with the share of false alarms; the saved model streams."""
    assert run(["recipe", "run", "water_circuit", str(tmp_path), "--data", str(circuit), "--epochs", "2"]) == 0
    out = capsys.readouterr().out
    table = out[out.index("of seconds") :].splitlines()
    scores = {line.split()[0]: float(line.split()[1]) for line in table[1:6]}
    assert list(scores) == ["model", "chart", "changes", "past", "gaussian"]
    assert scores["model"] > 0.6
    assert "an alarm in 34 of 34 disturbances" in out
    stream = seqloom.load(tmp_path / "circuit.loom").stream()
    answer = stream.step({"Current": 0.0, "Flow": 30.0}, time="2020-03-09 12:00:00")
    assert answer["alarm"] is False


def test_a_missing_experiment_is_one_clear_line(tmp_path, capsys):
    """The line says where it comes from."""
    assert run(["recipe", "run", "water_circuit", str(tmp_path), "--data", str(tmp_path / "nowhere")]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert "expected a file of the Skoltech anomaly benchmark" in line
