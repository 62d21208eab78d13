"""`seqloom serve`."""

import sys

import pytest


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--host", "0.0.0.0"], "a token, since others can reach this host"),  # noqa: S104 - it is refused
        (["--token-file", "none.txt"], "a file with a token in each line"),
        (["--on-change", "keep"], "refuse, reset or replay:N"),
        (["--limit-body", "0"], "a positive number"),
        (["--limit-streams", "0"], "a positive number"),
        (["--limit-idle", "-1"], "a positive number"),
        (["--port", "70000"], "0 to 65535"),
    ],
)
def test_what_cannot_be_is_told_in_one_line(command, monkeypatch, words, told):
    """Before the model is looked for; the exit code is 2."""
    monkeypatch.delenv("SEQLOOM_TOKEN", raising=False)
    done = command("serve", "no-model.loom", *words)
    assert done.code == 2
    assert told in done.err
    assert done.err.count("\n") == 1


def test_a_token_may_stand_in_the_environment(command, monkeypatch):
    """It counts as one of a file does, and a short one is refused without being told."""
    monkeypatch.setenv("SEQLOOM_TOKEN", "hunter2")
    done = command("serve", "no-model.loom")
    assert "at least 16" in done.err
    assert "hunter2" not in done.err
    monkeypatch.setenv("SEQLOOM_TOKEN", "a-token-of-a-client")
    assert "no-model.loom" in command("serve", "no-model.loom", "--host", "0.0.0.0").err  # noqa: S104 - no model, no server


def test_packages_that_are_missing_are_named(command, monkeypatch):
    """Serving is an extra: one line says how to install it, and other commands do not need it."""
    for name in [name for name in sys.modules if name.startswith(("seqloom.serve", "seqloom.cli.serve"))]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "uvicorn", None)
    done = command("serve", "no-model.loom")
    assert (done.code, done.err.count("\n")) == (2, 1)
    assert "pip install 'seqloom[serve]'" in done.err
    assert command("--help").code == 0
