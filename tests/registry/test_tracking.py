"""A registry in MLflow's own store of files."""

import pytest

from seqloom.errors import SettingsError, StorageError

mlflow = pytest.importorskip("mlflow", reason="mlflow-skinny is not installed: the extra 'track' brings it")
tracking = pytest.importorskip("seqloom.registry.tracking")
pytestmark = pytest.mark.filterwarnings("ignore:.*:FutureWarning", "ignore:.*:DeprecationWarning")


@pytest.fixture
def client(tmp_path, monkeypatch):
    """A client of an empty store of files."""
    monkeypatch.setenv("MLFLOW_ALLOW_FILE_STORE", "true")
    uri = (tmp_path / "mlruns").as_uri()
    return mlflow.MlflowClient(tracking_uri=uri, registry_uri=uri)


def test_versions_become_runs_and_the_champion_an_alias(registry, client):
    """With parameters, metrics, parent, data and the artifact itself."""
    told = tracking.export_mlflow(registry, uri=client.tracking_uri, name="pumps")
    assert sorted(told) == [1, 2, 3]
    champion = client.get_model_version_by_alias("pumps", "champion")
    assert champion.tags["seqloom.digest"] == registry.champion().digest
    second = client.get_model_version("pumps", told[2])
    run = client.get_run(second.run_id)
    assert (run.data.params["horizon"], run.data.metrics["test.mse"], run.info.status) == ("2", 0.5, "FINISHED")
    assert (run.data.tags["seqloom.parent"], run.data.tags["seqloom.data.source"]) == ("1", "a.csv")
    (artifact,) = client.list_artifacts(second.run_id, "model")
    assert artifact.path.endswith(f"{registry.version(2).digest}.loom")
    assert second.description == "turn 2"


def test_an_export_is_repeated_without_harm(registry, client, make):
    """What is there stays, what is new is added, the alias follows the champion."""
    first = tracking.export_mlflow(registry, uri=client.tracking_uri, name="pumps")
    registry.add(make("four.loom", turn=4, mse=None))
    registry.promote(3, expected=1, why="")
    told = tracking.export_mlflow(registry, uri=client.tracking_uri, name="pumps")
    assert {number: told[number] for number in first} == first
    assert len(client.search_model_versions("name = 'pumps'")) == 4
    assert str(client.get_model_version_by_alias("pumps", "champion").version) == told[3]
    assert client.get_run(client.get_model_version("pumps", told[4]).run_id).data.metrics == {}


def test_a_registry_without_a_champion_has_no_alias(registry, client, make, tmp_path):
    """Its versions are there."""
    made = type(registry).make(tmp_path / "new")
    made.add(make())
    tracking.export_mlflow(made, uri=client.tracking_uri, name="new")
    assert client.get_registered_model("new").aliases == {}


def test_a_store_that_refuses_is_told(registry, client, monkeypatch):
    """With what can be done about it."""
    monkeypatch.delenv("MLFLOW_ALLOW_FILE_STORE")
    with pytest.raises(StorageError, match=r"expected an MLflow server that answers.*MLFLOW_ALLOW_FILE_STORE"):
        tracking.export_mlflow(registry, uri=client.tracking_uri, name="pumps")


@pytest.mark.parametrize("name", ["", "a' or '1' = '1", "a/b"])
def test_a_name_that_could_be_another_thing_is_refused(registry, name):
    """Before anything is asked of a server."""
    with pytest.raises(SettingsError, match="--name: expected letters, digits"):
        tracking.export_mlflow(registry, uri="http://127.0.0.1:9", name=name)
