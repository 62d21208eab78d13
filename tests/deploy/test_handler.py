"""Stateless predictions as a function."""

import base64
import json
import subprocess
import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import numpy as np
import pytest

import seqloom

FILE = Path(__file__).resolve().parents[2] / "deploy" / "serverless" / "handler.py"


@pytest.fixture(scope="session")
def model(tmp_path_factory):
    """A forecaster, as an artifact."""
    table = {"load": 10 + np.sin(np.arange(200) / 4)}
    fitted = seqloom.Forecaster(horizon=2, lookback=6, epochs=1, hidden_size=4).fit(table, target="load")
    return fitted.save(tmp_path_factory.mktemp("model") / "load.loom")


@pytest.fixture
def ask(model, monkeypatch):
    """Sends a body to the function."""
    monkeypatch.setenv("SEQLOOM_MODEL", str(model))
    spec = spec_from_file_location("handler", FILE)
    module = module_from_spec(spec)
    spec.loader.exec_module(module)

    def send(body, **more):
        answer = module.handler({"body": body if isinstance(body, str) else json.dumps(body), **more}, None)
        return answer["statusCode"], json.loads(answer["body"])

    return send


def readings(count):
    """A series that goes on as it was learned."""
    return [{"values": {"load": float(10 + np.sin(step / 4))}} for step in range(count)]


def test_a_sequence_is_answered_as_predict_does(ask, model):
    """Several at once, each by itself; names are optional."""
    status, told = ask({"sequences": [{"name": "a", "readings": readings(20)}, {"readings": readings(3)}]})
    assert status == 200
    expected = seqloom.load(model).predict({"load": [row["values"]["load"] for row in readings(20)]})
    assert told["sequences"][0]["prediction"]["load"] == pytest.approx(expected.values[0, :, 0].tolist(), rel=1e-5)
    assert told["sequences"][1] == {"name": "1", "prediction": {"waiting": 3}}


def test_a_body_may_be_in_base64(ask):
    """As services send what they take for binary."""
    body = json.dumps({"sequences": [{"readings": readings(8)}]}).encode()
    assert ask(base64.b64encode(body).decode(), isBase64Encoded=True)[0] == 200


def test_what_is_wrong_with_one_sequence_does_not_touch_the_others(ask):
    """It is told in its place."""
    wrong = [{"values": {"lod": 1.0}}]
    status, told = ask({"sequences": [{"readings": wrong}, {"readings": readings(8)}]})
    assert status == 200
    assert "column 'lod'" in told["sequences"][0]["error"] or "lod" in told["sequences"][0]["error"]
    assert "prediction" in told["sequences"][1]


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("", "body: expected JSON"),
        ("{", "body: expected JSON"),
        ("[]", "body: expected an object"),
        ({}, "body.sequences: expected a list of 1 to 256 sequences, came none"),
        ({"sequences": [{}] * 300}, "expected a list of 1 to 256 sequences"),
        ({"sequences": [1]}, "body.sequences[0].readings: expected a list of readings"),
        ({"sequences": [{"readings": [{"values": 3}]}]}, "body.sequences[0].readings[0], values: expected an object"),
        ({"sequences": [{"name": 1, "readings": [{"values": {}}]}]}, "body.sequences[0].name: expected a text"),
        ("x" * (1 << 21), "body: expected an object of at most"),
    ],
)
def test_a_body_that_cannot_be_used_is_told(ask, body, words):
    """With 400, and the field."""
    status, told = ask(body)
    assert (status, words in told["error"]) == (400, True), told


def test_a_model_that_is_missing_is_the_servers_fault(ask, monkeypatch):
    """And says nothing of its paths."""
    body = {"sequences": [{"readings": readings(8)}]}
    monkeypatch.setenv("SEQLOOM_MODEL", "/nowhere/at/all.loom")
    assert ask(body) == (500, {"error": "the model cannot be used"})
    monkeypatch.delenv("SEQLOOM_MODEL")
    assert ask(body)[0] == 500


def test_no_server_is_loaded(model):
    """Nor anything that draws or reads tables for it: a cold start is short."""
    code = f"import sys, runpy; runpy.run_path({str(FILE)!r}); print(*sorted({{m.split('.')[0] for m in sys.modules}}))"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert {"starlette", "uvicorn", "matplotlib", "jinja2", "river"} & set(said) == set()
