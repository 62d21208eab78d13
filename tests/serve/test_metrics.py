"""What a server counts."""

import shutil
import subprocess

import pytest
from prometheus_client.parser import text_string_to_metric_families


@pytest.fixture
def counted(client, body):
    """The numbers after some calls, by name and labels."""

    def read():
        text = client.get("/metrics").text
        families = text_string_to_metric_families(text)
        return {(own.name, *sorted(own.labels.items())): own.value for one in families for own in one.samples}

    client.post("/v1/streams/secret-name/readings", json=body(0, 1))
    client.post("/v1/streams/secret-name/readings", json=body(7))
    return read


def test_calls_and_answers_are_counted(counted):
    """Readings, calls, requests by path and status, and their times."""
    found, path = counted(), ("path", "/v1/streams/{stream}/readings")
    assert (found["seqloom_readings_total",], found["seqloom_calls_total",]) == (3, 2)
    assert found["seqloom_requests_total", path, ("status", "200")] == 1
    assert found["seqloom_requests_total", path, ("status", "409")] == 1
    assert found["seqloom_request_seconds_count", path] == 2
    assert found["seqloom_request_seconds_bucket", ("le", "+Inf"), path] == 2
    assert found["seqloom_step_seconds_count",] == found["seqloom_round_calls_sum",] == 2


def test_what_fails_and_what_is_refused_is_counted(counted, client, store, body):
    """A store that refuses is seen."""
    store.failures = 1
    client.post("/v1/streams/a/readings", json=body(0))
    assert counted()["seqloom_commits_failed_total",] == 1


def test_no_name_of_a_stream_is_a_label(counted, client):
    """There may be a million of them; unknown paths are one label, too."""
    client.get("/another/secret-name")
    assert "secret-name" not in client.get("/metrics").text
    assert counted()["seqloom_requests_total", ("path", "other"), ("status", "404")] == 1


def test_promtool_accepts_them(counted, client):
    """The names and types are as Prometheus wants them."""
    if shutil.which("promtool") is None:
        pytest.skip("promtool is not installed")
    text = client.get("/metrics").content
    done = subprocess.run(["promtool", "check", "metrics"], input=text, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
