"""The files around the package keep their promises."""

import os
import re
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SCRIPTS = sorted(
    [*(path for path in (ROOT / "scripts").iterdir() if path.is_file() and not path.suffix), ROOT / ".ci/run"]
)


def normal(name: str) -> str:
    """A package's name as registries compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def pins() -> dict[str, str]:
    """Package to pinned version, as constraints.txt has them."""
    lines = [line for line in (ROOT / "constraints.txt").read_text().splitlines() if line and not line.startswith("#")]
    return {normal(name): version for name, version in (line.split("==") for line in lines)}


def test_every_direct_dependency_is_pinned():
    """What pyproject.toml asks for, extras included, has its version in constraints.txt."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    asked = [*project["dependencies"], *(line for extra in project["optional-dependencies"].values() for line in extra)]
    names = {normal(re.split(r"[\s\[<>=!~;]", line)[0]) for line in asked}
    assert names - set(pins()) == set()


def test_no_pin_names_one_build():
    """Pinned versions carry no local tag, so that the CPU and the CUDA build of torch both fit."""
    assert [version for version in pins().values() if "+" in version] == []


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_a_script_is_short_and_can_be_run(script):
    """A script is executable, at most 25 lines long, and stops at the first command that fails."""
    text = script.read_text()
    assert os.access(script, os.X_OK)
    assert len(text.splitlines()) <= 25
    assert "set -euo pipefail" in text


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_a_script_is_sound_bash(script):
    """Bash can parse every script."""
    subprocess.run(["bash", "-n", str(script)], check=True)


def test_continuous_integration_runs_what_people_run():
    """The entry of continuous integration calls scripts/check, scripts/docs and scripts/test, and nothing else."""
    commands = [
        line for line in (ROOT / ".ci/run").read_text().splitlines() if not line.startswith(("#", "set ", "cd "))
    ]
    assert commands == ["scripts/check", "scripts/docs", "scripts/test"]
