import os
import subprocess
import sys
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file

HERE = Path(__file__).parent
SOURCE = HERE.parents[1] / "src"
TRAINING = """
import os, random, signal, sys, time
from pathlib import Path
import torch._dynamo  # which the first optimizer loads: once here, instead of in every fork
from conftest import make_model, make_series
from safetensors.torch import save_file
from seqloom.train import TrainSettings, fit

SETTINGS = TrainSettings(epochs=10, batch_size=8, truncate=7, threads=1, checkpoint_updates=3, patience=0)

def train(folder):
    "Train to the end in a process of its own, resuming where the one before was killed; return its id."
    process = os.fork()
    if process:
        return process
    model = make_model(dropout=0.3)
    fit(model, make_series(160, longest=20), make_series(20, seed=1), SETTINGS, directory=folder, resume=True)
    save_file(model.state_dict(), folder / "weights.safetensors")
    os._exit(0)

whole, killed = Path(sys.argv[1]), Path(sys.argv[2])
began = time.monotonic()
_, status = os.waitpid(train(whole), 0)
assert status == 0
duration, moments, kills = time.monotonic() - began, random.Random(0), 0
for _ in range(12):
    process = train(killed)
    time.sleep(moments.uniform(0, duration / 8))
    os.kill(process, signal.SIGKILL)
    _, status = os.waitpid(process, 0)
    kills += status == signal.SIGKILL
_, status = os.waitpid(train(killed), 0)
assert status == 0
print(kills)
"""


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs processes that can be forked and killed")
def test_killed_at_random_moments_it_ends_with_the_same_weights(tmp_path):
    """Killed without warning, again and again, and resumed until done: the final weights are the same, bit by bit."""
    folders = [tmp_path / "whole", tmp_path / "killed"]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(SOURCE), str(HERE)]), "OMP_NUM_THREADS": "1"}
    done = subprocess.run(
        [sys.executable, "-c", TRAINING, *folders], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) >= 6
    expected, found = (load_file(folder / "weights.safetensors") for folder in folders)
    assert all(torch.equal(found[name], expected[name]) for name in expected)
