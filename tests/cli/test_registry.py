"""The registry's command."""

import json
import sys

import pytest

import seqloom


@pytest.fixture
def models(fitted, command, tmp_path):
    """A registry of one version, its champion."""
    said = command("registry", "add", tmp_path / "models", fitted.model, "--promote", "--note", "first", "--json")
    assert said.code == 0, said.err
    return tmp_path / "models"


@pytest.fixture
def second(fitted, command, tmp_path):
    """Another model of the same data."""
    said = command("fit", fitted.data, *fitted.words, "--seed", 3, "-o", tmp_path / "second.loom", "--quiet")
    assert said.code == 0, said.err
    return tmp_path / "second.loom"


def test_a_registry_stands_for_its_champion(models, fitted, command):
    """Wherever a model is asked for."""
    by_registry = command("predict", models, fitted.data)
    assert by_registry.code == 0, by_registry.err
    assert by_registry.out == command("predict", fitted.model, fitted.data).out
    assert command("evaluate", models, fitted.data).code == 0
    assert seqloom.load(models).task == "forecast"


def test_versions_are_added_promoted_and_rolled_back(models, second, command):
    """Each says what it did in one line."""
    assert command("registry", "add", models, second, "--parent", 1).out == "version 2\n"
    assert command("registry", "promote", models, 2, "--expected", "1", "--why", "better").out == (
        "version 2 is the champion\n"
    )
    late = command("registry", "promote", models, 2, "--expected", "1")
    assert (late.code, "expected version 1, came version 2" in late.err) == (1, True)
    assert command("registry", "rollback", models, "--why", "worse").out == "version 1 is the champion again\n"
    listed = command("registry", "list", models)
    assert [line[:5] for line in listed.out.splitlines()] == ["*   1", "    2"]
    assert [" ".join(line.split()[1:5]) for line in listed.err.splitlines()] == [
        "promote nothing -> 1",
        "promote 1 -> 2",
        "rollback 2 -> 1",
    ]
    assert ": better" in listed.err


def test_what_a_registry_holds_is_told_as_json(models, command):
    """Versions, champion and history; and one version with the path of its artifact."""
    found = json.loads(command("registry", "list", models, "--json").out)
    assert (found["champion"], found["versions"][0]["note"], found["promotions"][0]["after"]) == (1, "first", 1)
    shown = json.loads(command("registry", "show", models, "--json").out)
    assert shown["artifact"].endswith(f"{shown['digest']}.loom")
    assert shown["metrics"]["test"]["mse"] > 0


def test_a_version_is_shown(models, command):
    """A line for each fact."""
    out = command("registry", "show", models, "1").out
    assert "version: 1\n" in out
    assert "\n  horizon: 2\n" in out
    assert "\n  test: " in out


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (["show", "x"], 2, "version: expected a number or champion, came 'x'"),
        (["show", "9"], 1, "expected one of its versions: 1 to 1, came 9"),
        (["promote", 1, "--expected", "x"], 2, "--expected: expected a number or none, came 'x'"),
        (["promote", 1], 1, "expected a challenger, came the champion itself"),
        (["promote", 1, "--expected", "none"], 1, "expected no champion, came version 1"),
        (["rollback"], 1, "expected a champion before this one, came none"),
    ],
)
def test_what_cannot_be_done_is_told_in_one_line(models, command, words, code, told):
    """With its exit code."""
    found = command("registry", words[0], models, *words[1:])
    assert (found.code, told in found.err, found.err.count("\n")) == (code, True, 1)


def test_a_hold_out_is_frozen_once(models, fitted, command, tmp_path):
    """When the registry is made, or later; afterwards it is what it is, and the same command may be said again."""
    for place in (models, tmp_path / "new", tmp_path / "new"):
        said = command("registry", "add", place, fitted.model, "--holdout", fitted.data)
        assert (said.code, said.out) == (0, "version 1\n"), said.err
        (kept,) = (place / "holdouts").iterdir()
        assert kept.read_bytes() == fitted.data.read_bytes()
    other = tmp_path / "other.csv"
    other.write_text("a\n1\n")
    found = command("registry", "add", models, fitted.model, "--holdout", other)
    assert (found.code, "hold-out: expected none yet, came another one" in found.err) == (1, True)


def test_what_is_no_registry_is_told(command, fitted, tmp_path):
    """A path where nothing is, and a model."""
    for place in (tmp_path / "nowhere", fitted.model):
        found = command("registry", "list", place)
        assert (found.code, "expected a registry" in found.err) == (2, True)


def test_a_model_is_not_written_over_a_registry(models, fitted, command):
    """The folder holds other things than an artifact."""
    found = command("fit", fitted.data, *fitted.words, "-o", models, "--quiet")
    assert (found.code, "expected a free place or an older artifact" in found.err) == (2, True)


def test_a_registry_goes_to_mlflow(models, command, tmp_path, monkeypatch):
    """Or it is told which packages are missing."""
    pytest.importorskip("mlflow", reason="mlflow-skinny is not installed: the extra 'track' brings it")
    monkeypatch.setenv("MLFLOW_ALLOW_FILE_STORE", "true")
    said = command("registry", "export", "mlflow", models, "--uri", (tmp_path / "runs").as_uri(), "--name", "load")
    assert (said.code, said.out) == (0, "version 1  load 1 in MLflow\n"), said.err


def test_an_extra_that_is_missing_is_named(models, command, monkeypatch):
    """With the line that installs it."""
    monkeypatch.setitem(sys.modules, "mlflow", None)
    monkeypatch.delitem(sys.modules, "seqloom.registry.tracking", raising=False)
    said = command("registry", "export", "mlflow", models, "--uri", "http://127.0.0.1:9", "--name", "load")
    assert (said.code, "pip install 'seqloom[track]'" in said.err) == (2, True)
