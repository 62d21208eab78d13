"""A trained model with all that is needed to use, judge and repeat it."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from seqloom.artifact import golden_format, strict_json, tensors
from seqloom.artifact.container import Container, read_container, write_container
from seqloom.artifact.golden import Golden
from seqloom.artifact.manifest import Manifest
from seqloom.artifact.members import GOLDEN, HISTORY, MANIFEST, PIPELINE, REPORT, REPORT_PAGE, SETTINGS, WEIGHTS
from seqloom.artifact.method import written_method
from seqloom.artifact.plain import plain
from seqloom.artifact.refusal import refusal, shown
from seqloom.artifact.strict_json import JSON
from seqloom.artifact.weights import restore_model, weights
from seqloom.errors import ArtifactError
from seqloom.model import SequenceModel
from seqloom.prepare import Pipeline
from seqloom.sequence import Array, Schema
from seqloom.version import __version__


@dataclass(frozen=True)
class Bundle:
    """What an artifact holds.

    Args:
        model: the network with its weights, or the simple method with its numbers; it knows its task, settings and
            sizes.
        pipeline: the fitted preparation.
        schema: what the columns of the data are.
        golden: a few inputs with the answers of the process that trained the model.
        settings: every setting of the training, defaults filled in.
        fingerprint: what the training data was: rows, sequences, hashes of the columns.
        metrics: metrics by part and name.
        baselines: metrics of the alternatives, by their name.
        profile: statistics of the training data, to tell later data from.
        history: one entry per epoch.
        report: the report as data.
        report_html: the report as a page.
        digest: sha256 that stands for the whole artifact; None until it is saved and loaded.
    """

    model: SequenceModel
    pipeline: Pipeline
    schema: Schema
    golden: Golden
    settings: Mapping[str, JSON] = field(default_factory=dict)
    fingerprint: Mapping[str, JSON] = field(default_factory=dict)
    metrics: Mapping[str, JSON] = field(default_factory=dict)
    baselines: Mapping[str, JSON] = field(default_factory=dict)
    profile: Mapping[str, JSON] = field(default_factory=dict)
    history: tuple[Mapping[str, JSON], ...] = ()
    report: Mapping[str, JSON] | None = None
    report_html: str | None = None
    digest: str | None = None

    @property
    def task(self) -> str:
        """Name of the task."""
        return self.model.task


def save(bundle: Bundle, path: Path | str, *, as_directory: bool = False) -> Path:
    """Save a bundle as an artifact, in one step: what stood there before stays until the new one is whole.

    Args:
        bundle: what to save; its golden examples are replayed before anything is written.
        path: where to, see `write_container`.
        as_directory: write a folder whatever the path looks like.

    Returns:
        Where the artifact stands.

    Raises:
        ArtifactError: a weight is not finite, or the bundle could not be loaded again.
        SettingsError: at `path` stands something that is not an artifact.
        StorageError: the disk refused; whatever stood at `path` is untouched.
    """
    where = str(path)
    if bundle.golden.dataset.schema != bundle.schema:
        fix = "take them from the data the model was trained on"
        raise refusal(f"{where}, golden examples", expected="the schema of the bundle", came="another", fix=fix)
    members = _members(bundle, where)
    _history(members[HISTORY], where)
    bundle.golden.replay(bundle.model, bundle.pipeline, where)
    return write_container(path, _manifest(bundle).fields(), members, as_directory=as_directory)


def load(path: Path | str, *, replay: bool = True) -> Bundle:
    """Load an artifact: verified, rebuilt from a closed list of names, and tried on its golden examples.

    Args:
        path: a file or folder; the ending `.loom` may be left out.
        replay: let the model answer the golden examples again.

    Raises:
        MissingFileError: there is nothing at `path`.
        ArtifactError: what is there is refused; the message names the reason.
        StorageError: the disk refused to read.
    """
    where = str(path)
    container = read_container(path)
    manifest = Manifest.read(container.manifest, f"{where}, {MANIFEST}")
    pipeline = _pipeline(container, manifest, where)
    model = _model(container, manifest, where)
    _must_fit(pipeline, model, where)
    golden = _golden(container, manifest, where)
    if replay:
        with _refusing(f"{where}, {GOLDEN}", "golden examples that can be replayed"):
            golden.replay(model, pipeline, where)
    return Bundle(
        model=model,
        pipeline=pipeline,
        schema=manifest.columns,
        golden=golden,
        settings=manifest.settings,
        fingerprint=manifest.fingerprint,
        metrics=manifest.metrics,
        baselines=manifest.baselines,
        profile=manifest.profile,
        history=_history(container.members.get(HISTORY, b""), where),
        report=_report(container, where),
        report_html=_report_html(container, where),
        digest=container.digest,
    )


def _manifest(bundle: Bundle) -> Manifest:
    return Manifest(
        seqloom=__version__,
        task=bundle.task,
        columns=bundle.schema,
        pipeline=bundle.pipeline.settings(),
        model=bundle.model.settings,
        sizes=bundle.model.sizes,
        golden=golden_format.words(bundle.golden),
        method=written_method(bundle.model, MANIFEST)[0],
        **{
            name: plain(getattr(bundle, name))
            for name in ("settings", "fingerprint", "metrics", "baselines", "profile")
        },
    )


def _members(bundle: Bundle, where: str) -> dict[str, bytes]:
    members = {
        WEIGHTS: tensors.encode(weights(bundle.model, f"{where}, {WEIGHTS}"), f"{where}, {WEIGHTS}"),
        PIPELINE: tensors.encode(bundle.pipeline.arrays(), f"{where}, {PIPELINE}"),
        GOLDEN: tensors.encode(golden_format.arrays(bundle.golden), f"{where}, {GOLDEN}"),
        SETTINGS: yaml.safe_dump(plain(bundle.settings), allow_unicode=True).encode(),
        HISTORY: b"".join(
            strict_json.write(plain(entry), f"{where}, {HISTORY}", indent=None) for entry in bundle.history
        ),
    }
    if bundle.report is not None:
        members[REPORT] = strict_json.write(plain(bundle.report), f"{where}, {REPORT}", indent=None)
    if bundle.report_html is not None:
        members[REPORT_PAGE] = bundle.report_html.encode()
    return members


def _arrays(container: Container, name: str, where: str) -> dict[str, Array]:
    """The arrays of a member; its bytes are let go, so that nothing is held twice."""
    if name not in container.members:
        raise refusal(where, expected=f"the member {name}", came="an artifact without it: a missing member")
    return tensors.decode(container.members.pop(name), f"{where}, {name}")


def _pipeline(container: Container, manifest: Manifest, where: str) -> Pipeline:
    with _refusing(f"{where}, {PIPELINE}", "a preparation that can be restored"):
        return Pipeline.restore(manifest.pipeline, _arrays(container, PIPELINE, where))


def _model(container: Container, manifest: Manifest, where: str) -> SequenceModel:
    with _refusing(f"{where}, {WEIGHTS}", "a model that can be restored"):
        arrays = _arrays(container, WEIGHTS, where)
        return restore_model(
            manifest.task, manifest.model, manifest.sizes, arrays, f"{where}, {WEIGHTS}", words=manifest.method
        )


def _must_fit(pipeline: Pipeline, model: SequenceModel, where: str) -> None:
    """Refuse words, or categories, that are not as many as the weights have vectors for."""
    entries = tuple(size for _, size in pipeline.steps.embedded)
    if entries != model.sizes.code_sizes:
        expected = f"a preparation that fits the weights: vocabularies of {_listed(model.sizes.code_sizes)} entries"
        raise refusal(f"{where}, {PIPELINE}", expected=expected, came=_listed(entries))


def _listed(numbers: tuple[int, ...]) -> str:
    return ", ".join(map(str, numbers)) or "no"


def _golden(container: Container, manifest: Manifest, where: str) -> Golden:
    with _refusing(f"{where}, {GOLDEN}", "golden examples that can be restored"):
        arrays = _arrays(container, GOLDEN, where)
        return golden_format.restore(manifest.golden, arrays, manifest.columns, f"{where}, {GOLDEN}")


def _history(raw: bytes, where: str) -> tuple[dict[str, JSON], ...]:
    """One entry per line, read as one document: its limits hold for all lines together."""
    where = f"{where}, {HISTORY}"
    entries = strict_json.parse(b"[" + raw.strip().replace(b"\n", b",") + b"]", where)
    found = tuple(entry for entry in entries if isinstance(entry, dict)) if isinstance(entries, list) else ()
    if not isinstance(entries, list) or len(found) < len(entries):
        raise refusal(where, expected="a JSON object in each line", came="something else")
    return found


def _report(container: Container, where: str) -> dict[str, JSON] | None:
    raw = container.members.get(REPORT)
    if raw is None:
        return None
    report = strict_json.parse(raw, f"{where}, {REPORT}")
    if not isinstance(report, dict):
        raise refusal(f"{where}, {REPORT}", expected="a JSON object", came=shown(report))
    return report


def _report_html(container: Container, where: str) -> str | None:
    raw = container.members.get(REPORT_PAGE)
    try:
        return None if raw is None else raw.decode()
    except UnicodeDecodeError as error:
        raise refusal(f"{where}, {REPORT_PAGE}", expected="text in UTF-8", came=shown(str(error))) from error


@contextmanager
def _refusing(where: str, expected: str) -> Iterator[None]:
    """Whatever goes wrong while foreign values are put together is the artifact's fault."""
    try:
        yield
    except ArtifactError:
        raise
    except Exception as error:
        came = f"{type(error).__name__}: {shown(str(error), 200)}"
        raise refusal(where, expected=expected, came=came) from error
