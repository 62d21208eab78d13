"""A registry in MLflow: a run for each version, the champion an alias. The edge to an optional package."""

from collections.abc import Mapping

from mlflow import MlflowClient
from mlflow.entities import Metric, Param, RunTag
from mlflow.exceptions import MlflowException

from seqloom.artifact.strict_json import JSON
from seqloom.errors import SettingsError, StorageError
from seqloom.registry.registry import Registry
from seqloom.registry.version import Version, numbers_of

DIGEST, ALIAS = "seqloom.digest", "champion"
ARTIFACT = "model"
"""The folder of a run that the artifact lies in."""
LONGEST = 500
"""Letters of a parameter, as older servers take them."""
AT_ONCE = 100
"""Parameters a server takes in one call."""


def export_mlflow(registry: Registry, *, uri: str, name: str) -> dict[int, str]:
    """Log the versions of a registry that MLflow does not have yet, and set the alias `champion`.

    Each version becomes a run with its settings as parameters, its metrics, and its artifact, and a version of the
    registered model. What was exported before is known by its digest and left as it is.

    Args:
        registry: what to export.
        uri: of the tracking server, `http://…`, or of a folder, `file:///…`.
        name: of the experiment and the registered model.

    Returns:
        For each version of the registry its version in MLflow.

    Raises:
        SettingsError: MLflow knows no such names.
        StorageError: the server refused, or is away.
    """
    if _allowed(name) != name or not name or "/" in name:
        fix = "choose another one"
        raise SettingsError("--name", expected="letters, digits, blanks, '_', '-' and '.'", came=repr(name), fix=fix)
    try:
        client = MlflowClient(tracking_uri=uri, registry_uri=uri)
        found = client.get_experiment_by_name(name)
        experiment = client.create_experiment(name) if found is None else found.experiment_id
        there = _exported(client, name)
        told = {}
        for version in registry.versions():
            known = there.get(version.digest)
            told[version.version] = known or _log(client, registry, version, experiment, name)
        promotions = registry.promotions()
        if promotions:
            client.set_registered_model_alias(name, ALIAS, told[promotions[-1].after])
    except MlflowException as error:
        came = str(error).split("\n")[0][:200].rstrip(".")
        fix = "check the address; a folder needs MLFLOW_ALLOW_FILE_STORE=true"
        raise StorageError(uri, expected="an MLflow server that answers", came=came, fix=fix) from error
    return told


def _exported(client: MlflowClient, name: str) -> dict[str, str]:
    """The digests of the versions MLflow has, each with its number there; the registered model is made if need be."""
    if not client.search_registered_models(filter_string=f"name = '{name}'"):
        client.create_registered_model(name)
    there: dict[str, str] = {}
    token = None
    while token != "":
        page = client.search_model_versions(f"name = '{name}'", page_token=token)
        there |= {own.tags[DIGEST]: str(own.version) for own in page if DIGEST in own.tags}
        token = page.token or ""
    return there


def _log(client: MlflowClient, registry: Registry, version: Version, experiment: str, name: str) -> str:
    """One version as a run and a version of the registered model; its number in MLflow."""
    run = client.create_run(experiment, run_name=f"version {version.version}").info
    params = [Param(key, value) for key, value in sorted(_flat(version.settings).items())]
    for first in range(0, len(params), AT_ONCE):
        client.log_batch(run.run_id, params=params[first : first + AT_ONCE])
    metrics = [Metric(key, value, run.start_time, 0) for key, value in numbers_of(version.metrics) if value is not None]
    facts = {DIGEST: version.digest, "seqloom.version": str(version.version), "seqloom.task": version.task}
    facts |= {f"seqloom.data.{key}": value for key, value in _flat(version.fingerprint).items()}
    if version.parent is not None:
        facts["seqloom.parent"] = str(version.parent)
    tags = [RunTag(key, value) for key, value in facts.items()]
    client.log_batch(run.run_id, metrics=metrics, tags=tags)
    client.log_artifact(run.run_id, str(registry.artifact(version)), ARTIFACT)
    client.set_terminated(run.run_id)
    source = f"{run.artifact_uri}/{ARTIFACT}"
    made = client.create_model_version(
        name, source, run_id=run.run_id, tags={DIGEST: version.digest}, description=version.note or None
    )
    return str(made.version)


def _flat(values: Mapping[str, JSON], before: str = "") -> dict[str, str]:
    """Nested values as one row of texts."""
    row: dict[str, str] = {}
    for name, value in values.items():
        if isinstance(value, Mapping):
            row |= _flat(value, f"{before}{_allowed(name)}.")
        else:
            row[f"{before}{_allowed(name)}"] = str(value)[:LONGEST]
    return row


def _allowed(name: str) -> str:
    """A name with the letters MLflow takes."""
    return "".join(letter if letter.isalnum() or letter in "_-. /" else "_" for letter in name)
