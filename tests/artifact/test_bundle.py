import copy
import json
import random
import subprocess
import sys
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from numpy.testing import assert_array_equal

from seqloom.artifact import Bundle, excerpt, load, read_container, save, write_container
from seqloom.artifact.tensors import decode, encode
from seqloom.errors import ArtifactError
from seqloom.model import predict_dataset
from seqloom.version import __version__

Change = Callable[[dict, dict], None]


def forged(path: Path, change: Change) -> Path:
    """The artifact at this path with its manifest or members changed, correctly signed again."""
    container = read_container(path)
    manifest, members = copy.deepcopy(container.manifest), dict(container.members)
    change(manifest, members)
    return write_container(path.with_name("forged.loom"), manifest, members)


def with_array(member: str, name: str, array: np.ndarray | None) -> Change:
    """Put another array into a member, or take it out."""

    def change(_: dict, members: dict) -> None:
        arrays = decode(members[member], "test")
        arrays.pop(name, None)
        members[member] = encode(arrays if array is None else {**arrays, name: array}, "test")

    return change


def with_field(place: str, value: object) -> Change:
    """Put another value into a field of the manifest."""

    def change(manifest: dict, _: dict) -> None:
        *way, last = place.split(".")
        for step in way:
            manifest = manifest[step]
        manifest[last] = value

    return change


def test_a_loaded_model_answers_as_the_saved_one(bundle: Bundle, tmp_path: Path) -> None:
    """Predictions of the reloaded artifact equal those of the process that saved it, bit for bit on one machine."""
    loaded = load(save(bundle, tmp_path / "model"))
    dataset = excerpt(bundle.golden.dataset, steps=25, ahead=4 if bundle.model.sizes.horizon else 0)

    before = predict_dataset(bundle.model, bundle.pipeline, dataset).numbers()
    after = predict_dataset(loaded.model, loaded.pipeline, dataset).numbers()

    for name, values in before.items():
        assert_array_equal(after[name], values)


def test_everything_beside_the_model_comes_back(bundle: Bundle, tmp_path: Path) -> None:
    """Task, schema, settings, metrics, history and report survive; what is not finite comes back as None."""
    loaded = load(save(bundle, tmp_path / "model"))

    assert (loaded.task, loaded.schema) == (bundle.task, bundle.schema)
    assert (loaded.model.settings, loaded.model.sizes) == (bundle.model.settings, bundle.model.sizes)
    assert loaded.settings == bundle.settings
    assert loaded.fingerprint == bundle.fingerprint
    assert loaded.metrics == {"test": {"mse": 0.5}}
    assert loaded.baselines == {"naive": {"mse": None}}
    assert loaded.profile == bundle.profile
    assert loaded.history == ({"epoch": 1, "loss": 0.5}, {"epoch": 2, "loss": None})
    assert (loaded.report, loaded.report_html) == (bundle.report, bundle.report_html)


def test_the_golden_examples_come_back(bundle: Bundle, tmp_path: Path) -> None:
    """Columns, categories, keys and times of the golden examples are those that were saved."""
    golden = load(save(bundle, tmp_path / "model")).golden.dataset
    saved = bundle.golden.dataset

    for name in saved.schema.names():
        assert golden.column(name).dtype == saved.column(name).dtype
        assert_array_equal(golden.column(name), saved.column(name))
    assert_array_equal(golden.times, saved.times)
    assert_array_equal(golden.keys, saved.keys)
    assert golden.categories == saved.categories


def test_saving_twice_gives_the_same_bytes(bundle: Bundle, tmp_path: Path) -> None:
    """A loaded artifact, saved again, is the same artifact."""
    first = save(bundle, tmp_path / "first")
    second = save(load(first), tmp_path / "second")

    assert second.read_bytes() == first.read_bytes()


def test_a_bundle_without_report_comes_back_without(forecast: Bundle, tmp_path: Path) -> None:
    """Report and history may be left out."""
    loaded = load(save(replace(forecast, report=None, report_html=None, history=()), tmp_path / "model"))

    assert (loaded.report, loaded.report_html, loaded.history) == (None, None, ())


def test_both_forms_are_one_artifact(forecast: Bundle, tmp_path: Path) -> None:
    """A folder has the digest of the single file."""
    file = load(save(forecast, tmp_path / "model"))
    folder = load(save(forecast, tmp_path / "folder", as_directory=True))

    assert file.digest == folder.digest


def test_loading_leaves_torch_s_generator_alone(forecast: Bundle, tmp_path: Path) -> None:
    """A script draws the same numbers whether or not it loads a model in between."""
    path = save(forecast, tmp_path / "model")
    before = torch.random.get_rng_state()
    load(path)

    assert torch.equal(torch.random.get_rng_state(), before)


def test_a_loaded_model_is_ready_to_predict(bundle: Bundle, tmp_path: Path) -> None:
    """A loaded model is in evaluation mode: dropout is off."""
    assert not load(save(bundle, tmp_path / "model")).model.training


def test_the_settings_are_written_for_people_too(forecast: Bundle, tmp_path: Path) -> None:
    """settings.yaml holds the training settings."""
    with zipfile.ZipFile(save(forecast, tmp_path / "model")) as archive:
        assert yaml.safe_load(archive.read("settings.yaml")) == forecast.settings


def test_the_manifest_names_the_version_that_saved_it(forecast: Bundle, tmp_path: Path) -> None:
    """The manifest tells which seqloom wrote it."""
    with zipfile.ZipFile(save(forecast, tmp_path / "model")) as archive:
        assert json.loads(archive.read("manifest.json"))["seqloom"] == __version__


def test_a_model_that_diverged_is_not_saved(fresh, tmp_path: Path) -> None:
    """Weights that are not finite raise ArtifactError, and nothing is written."""
    bundle = fresh("forecast")
    with torch.no_grad():
        bundle.model.point.weight[0, 0] = float("nan")

    with pytest.raises(ArtifactError, match=r"weight 'point\.weight': expected finite numbers"):
        save(bundle, tmp_path / "model")

    assert list(tmp_path.iterdir()) == []


def test_golden_answers_of_another_model_are_not_saved(fresh, tmp_path: Path) -> None:
    """Golden examples recorded before the weights changed are refused at saving, not at loading."""
    bundle = fresh("forecast")
    with torch.no_grad():
        bundle.model.point.bias += 0.1

    with pytest.raises(ArtifactError, match="golden examples, values: expected the answers of training"):
        save(bundle, tmp_path / "model")


def test_golden_examples_of_another_schema_are_not_saved(forecast: Bundle, tmp_path: Path) -> None:
    """Golden examples must have been read with the schema of the bundle."""
    other = replace(forecast, schema=forecast.schema.model_copy(update={"time": "when"}))

    with pytest.raises(ArtifactError, match="golden examples: expected the schema of the bundle"):
        save(other, tmp_path / "model")


def test_a_history_too_long_to_load_is_not_saved(forecast: Bundle, tmp_path: Path) -> None:
    """More entries than a reader accepts are refused at saving."""
    endless = replace(forecast, history=({"losses": [0] * 400_000},) * 3)

    with pytest.raises(ArtifactError, match=r"history\.jsonl: expected at most about 500000 values"):
        save(endless, tmp_path / "model")


def test_an_artifact_can_be_loaded_without_replay(forecast: Bundle, tmp_path: Path) -> None:
    """With replay=False golden answers are not compared."""
    path = save(forecast, tmp_path / "model")
    shift = forecast.golden.outputs["values"] + 50
    path = forged(path, with_array("golden.safetensors", "outputs.values", shift))

    assert load(path, replay=False).task == "forecast"


WEIGHTS, PIPELINE, GOLDEN = "weights.safetensors", "pipeline.safetensors", "golden.safetensors"


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (with_array(GOLDEN, "outputs.values", np.zeros((3, 3, 1))), "golden examples, values: expected the answers"),
        (with_array(WEIGHTS, "point.weight", None), r"expected the weight 'point\.weight', came no such weight"),
        (with_field("model.hidden_size", 10**30), "'model.hidden_size': expected Input should be less than or equal"),
        (with_field("model.layers", 10**9), "'model.layers': expected Input should be less than or equal"),
        (with_field("model.cell", "os.system"), "'model.cell': expected .*came 'os.system'"),
        (with_field("model.module", "os"), "'model.module': expected Extra inputs are not permitted, came 'os'"),
        (with_field("task", "subprocess"), "a model that can be restored"),
        (with_field("class_name", "Popen"), "'class_name': expected .*Extra inputs"),
        (lambda manifest, _: manifest.pop("schema"), "'schema': expected Field required, came none"),
        (with_field("schema.columns", "x"), "'schema.columns'"),
        (with_field("pipeline", {}), "a preparation that can be restored|pipeline"),
        (with_array(PIPELINE, "steps.center", None), "pipeline"),
        (lambda _, members: members.pop(WEIGHTS), "the member weights.safetensors, came .* a missing member"),
        (lambda _, members: members.pop(GOLDEN), "the member golden.safetensors, came .* a missing member"),
        (lambda _, members: members.update({"history.jsonl": b"[1]\n"}), "a JSON object in each line"),
        (lambda _, members: members.update({"history.jsonl": b"{}\nimport os"}), r"history\.jsonl: expected a JSON"),
        (lambda _, members: members.update({"report.json": b"[]"}), "report.json: expected a JSON object"),
        (lambda _, members: members.update({"report.html": b"\xff"}), "report.html: expected text in UTF-8"),
    ],
)
def test_a_forged_but_correctly_signed_artifact_is_refused(
    saved: Path, tmp_path: Path, change: Change, reason: str
) -> None:
    """Contents that do not fit each other are refused with their reason even when every hash is right."""
    path = forged(saved, change)

    with pytest.raises(ArtifactError, match=reason):
        load(path)


LOAD_WATCHED = """
import sys
from seqloom.artifact import load
path = sys.argv[1]
load(path)  # once unwatched: torch imports parts of itself on first use
events = []
sys.addaudithook(lambda event, arguments: events.append((event, str(arguments[0]) if arguments else "")))
load(path)
active = {"exec", "compile", "import", "os.system", "subprocess.Popen", "socket.connect", "pickle.find_class"}
print([event for event in list(events) if event[0] in active or (event[0] == "open" and event[1] != path)])
"""


def test_loading_runs_and_opens_nothing_else(saved: Path) -> None:
    """A whole load, replay included, executes no code, imports nothing and opens no file but the artifact."""
    done = subprocess.run([sys.executable, "-c", LOAD_WATCHED, str(saved)], capture_output=True, text=True, check=True)

    assert done.stdout == "[]\n"


@pytest.fixture(scope="module")
def saved(forecast: Bundle, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An artifact on disk."""
    return save(forecast, tmp_path_factory.mktemp("saved") / "model")


def _places(value: object) -> list[tuple]:
    """The way to every value inside of a JSON document."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [way for key, item in items for way in [(key,), *((key, *rest) for rest in _places(item))]]


WORDS = st.sampled_from([None, True, -1, 0, 1, 2, 10**6, 10**25, 0.5, -1e300, "", "load", "values", "x" * 50, [], {}])


@settings(
    max_examples=100, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(seed=st.integers(0, 2**32), word=WORDS)
def test_any_other_word_in_the_manifest_is_refused_or_loads(saved: Path, seed: int, word) -> None:
    """One value of the manifest replaced by another, correctly signed: ArtifactError or a bundle, nothing else."""

    def change(manifest: dict, _: dict) -> None:
        *way, last = random.Random(seed).choice(_places(manifest))  # noqa: S311 - a place to change, no secret
        for step in way:
            manifest = manifest[step]
        manifest[last] = word

    try:
        assert load(forged(saved, change)).task == "forecast"
    except ArtifactError as error:
        assert "expected" in str(error)  # noqa: PT017 - either outcome is right; any other exception fails the test


def test_a_model_of_texts_comes_back_with_its_tokenizer(texts: Bundle, tmp_path: Path) -> None:
    """Reloaded, it answers bit for bit as before, new words among the known ones."""
    loaded = load(save(texts, tmp_path / "model"))
    dataset = texts.golden.dataset
    dataset = replace(dataset, categories={**dataset.categories, "note": ("of word of", "nobody knows", "3")})

    before, after = (predict_dataset(one.model, one.pipeline, dataset).numbers() for one in (texts, loaded))

    assert_array_equal(after["probabilities"], before["probabilities"])


def test_a_tokenizer_of_other_weights_is_refused(texts: Bundle, tmp_path: Path) -> None:
    """A vocabulary that is larger than the table of vectors is no damage that a replay would always find."""
    path = save(texts, tmp_path / "model")

    def enlarge(manifest: dict, _: dict) -> None:
        tokenizer = json.loads(manifest["pipeline"]["tokenizer"])
        tokenizer["model"]["vocab"]["another"] = len(tokenizer["model"]["vocab"])
        manifest["pipeline"]["tokenizer"] = json.dumps(tokenizer)

    with pytest.raises(ArtifactError, match="expected a preparation that fits the weights: vocabularies of"):
        load(forged(path, enlarge))
