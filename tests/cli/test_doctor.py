"""The doctor."""

import json

import pytest

from seqloom.cli import doctor
from seqloom.kernels import VECTOR_BYTES


@pytest.fixture
def quick(monkeypatch):
    """A speed check that measures one step."""
    monkeypatch.setattr(doctor, "median_seconds", lambda _: 0.002)


@pytest.mark.usefixtures("quick")
def test_the_doctor_names_versions_and_machine(command):
    """A line for each fact one would be asked for in a report of trouble."""
    found = command("doctor")
    assert found.code == 0
    assert {"seqloom", "python", "torch", "polars", "threads", "gpu"} <= {
        line.split()[0] for line in found.out.splitlines()
    }


@pytest.mark.usefixtures("quick")
def test_the_facts_can_be_read_by_a_program(command):
    """With --json they are one object."""
    facts = json.loads(command("doctor", "--json").out)
    assert facts["lstm training step"].startswith("2.00 ms")


@pytest.mark.usefixtures("quick")
def test_the_doctor_names_the_kernels(command):
    """How wide their vectors are, and what torch takes for the same."""
    facts = json.loads(command("doctor", "--json").out)
    assert f"vectors of {VECTOR_BYTES} bytes" in facts["recurrent kernels"]
    assert facts["the same in torch.nn"] == "2.00 ms"


@pytest.mark.parametrize(
    ("installed", "expected"),
    [(False, "torch's (triton is not installed)"), (True, "triton 3.9.0 for minGRU, minLSTM and LRU")],
)
def test_the_doctor_names_the_kernels_a_gpu_would_take(monkeypatch, installed, expected):
    """Whether minGRU, minLSTM and LRU would have kernels of their own there."""
    monkeypatch.setattr(doctor, "triton_installed", lambda: installed)
    monkeypatch.setattr(doctor.importlib.metadata, "version", lambda _: "3.9.0")
    assert doctor.gpu_kernels().startswith(expected)


@pytest.mark.parametrize("step", [doctor.packed_step, doctor.torch_step])
def test_the_speed_is_measured(step):
    """A training step takes some time, and the check not much more than it was given."""
    assert 0 < doctor.median_seconds(step(), seconds=0.01) < 10
