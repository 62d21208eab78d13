"""Rules, dashboard and metrics, read by Prometheus' own tool."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest
from starlette.testclient import TestClient

from seqloom.live import Engine
from seqloom.serve import App, Watch
from seqloom.store import MemoryStore
from tests.monitor.models import saved

DEPLOY = Path(__file__).parents[2] / "deploy"
RULES, DASHBOARD = DEPLOY / "prometheus" / "alerts.yml", DEPLOY / "grafana" / "seqloom.json"


def promtool(*words, given=None):
    """What Prometheus' tool says; skips where there is none."""
    if shutil.which("promtool") is None:
        pytest.skip("promtool is not installed; it comes with Debian's package prometheus")
    return subprocess.run(["promtool", *map(str, words)], input=given, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def page():
    """The metrics of a server that was read from, told the truth, and met a drift."""
    bundle, watch, rng = saved(), Watch(), np.random.default_rng(0)
    watch.know(bundle)
    app = App(Engine(bundle, MemoryStore(), records=True), watch=watch)
    with TestClient(app, base_url="http://127.0.0.1") as client:
        rows = [{"values": {"a": value, "mode": "on"}} for value in rng.normal(6, 1, 300).tolist()]
        assert client.post("/v1/streams/a/readings", json={"readings": rows}).status_code == 200
        truths = [{"seq": seq, "truth": 1.0} for seq in range(300)]
        assert client.post("/v1/streams/a/truth", json={"truths": truths}).status_code == 200
        app.watch.close()
        return client.get("/metrics").text


def expressions():
    """Of every panel of the dashboard."""
    panels = json.loads(DASHBOARD.read_text(encoding="utf-8"))["panels"]
    return [target["expr"] for panel in panels for target in panel["targets"]]


def names(text):
    """Of the metrics in an expression."""
    return set(re.findall(r"\bseqloom_\w+", text))


def test_the_metrics_keep_the_rules_of_prometheus(page):
    """Names, help, types, units."""
    found = promtool("check", "metrics", given=page)
    assert (found.returncode, found.stdout, found.stderr) == (0, "", "")
    assert 'seqloom_drift{kind="input",signal="a"} 1.0' in page


def test_no_stream_is_a_label(page):
    """Whoever has a million streams has as many series as who has one."""
    labels = {label for line in page.splitlines() if not line.startswith("#") for label in re.findall(r'(\w+)="', line)}
    assert labels == {"digest", "task", "path", "status", "le", "kind", "signal", "event", "what"} & labels
    assert "stream" not in labels


def test_the_rules_are_rules():
    """As Prometheus reads them."""
    found = promtool("check", "rules", RULES)
    assert found.returncode == 0, found.stdout + found.stderr


def test_alerts_fire_when_they_should_and_only_then():
    """Over made-up series."""
    found = promtool("test", "rules", RULES.with_name("alerts_test.yml"))
    assert found.returncode == 0, found.stdout + found.stderr


def test_every_expression_of_the_dashboard_can_be_read(tmp_path):
    """As a rule of its own; Grafana's variables stand for what they become."""
    rules = [
        {"record": f"panel_{place}", "expr": text.replace("$__rate_interval", "1m").replace("$", "")}
        for place, text in enumerate(expressions())
    ]
    path = tmp_path / "panels.yml"
    path.write_text(json.dumps({"groups": [{"name": "panels", "rules": rules}]}), encoding="utf-8")  # JSON is YAML
    found = promtool("check", "rules", path)
    assert found.returncode == 0, found.stdout + found.stderr


def test_rules_and_dashboard_ask_for_what_there_is(page):
    """Every metric they name is on the page of a server."""
    there = names(page)
    for text in [*expressions(), RULES.read_text(encoding="utf-8"), DASHBOARD.read_text(encoding="utf-8")]:
        assert names(text) <= there, names(text) - there


def test_panels_do_not_cover_each_other():
    """On Grafana's grid of 24 columns."""
    taken = set()
    for panel in json.loads(DASHBOARD.read_text(encoding="utf-8"))["panels"]:
        place = panel["gridPos"]
        cells = {
            (x, y)
            for x in range(place["x"], place["x"] + place["w"])
            for y in range(place["y"], place["y"] + place["h"])
        }
        assert not cells & taken
        assert max(x for x, _ in cells) < 24
        taken |= cells
