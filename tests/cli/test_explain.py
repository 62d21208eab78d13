"""The command that explains a model."""

import json


def test_a_page_is_written(fitted, command, tmp_path):
    """Findings on stdout, talk on stderr."""
    page = tmp_path / "x.html"
    said = command(
        "explain", fitted.model, fitted.data, "-o", page, "--sequences", "10", "--close", "4", "--points", "20"
    )
    assert said.code == 0, said.err
    assert "gradients ..." in said.err
    assert "steps in a random order" in said.out
    assert page.read_text().startswith("<!doctype html>")


def test_data_and_parts_are_asked_for(fitted, command, tmp_path):
    """One JSON object, and the explanation as data; nothing else is said."""
    target = tmp_path / "x.json"
    words = ["--parts", "gradients, errors", "--json", "--quiet", "--close", "4"]
    said = command("explain", fitted.model, fitted.data, "-o", target, *words)
    assert said.code == 0, said.err
    assert said.err == ""
    told = json.loads(said.out)
    assert told["output"] == str(target)
    assert set(told["seconds"]) == {"gradients", "errors"}
    assert json.loads(target.read_text())["kind"] == "Seeing inside"


def test_what_cannot_be_used_is_refused(fitted, command):
    """A part without a name, and no threads."""
    said = command("explain", fitted.model, fitted.data, "--parts", "colours")
    assert said.code == 2
    assert "colours" in said.err
    assert command("explain", fitted.model, fitted.data, "--threads", "0").code == 2
