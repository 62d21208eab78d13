"""One turn of the cycle: new data, a challenger, its tests, a promotion or the reasons against it."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from seqloom.artifact import Bundle, save
from seqloom.errors import SettingsError
from seqloom.estimators import Fitted, SequenceEstimator, continued, fit_planned, load, plan_from, with_page
from seqloom.prepare import Examples, resample, whole
from seqloom.read import ReadSettings, read
from seqloom.registry import Promotion, Registry, Version
from seqloom.retrain.apart import unlearned
from seqloom.retrain.held_out import apart_from
from seqloom.retrain.paired import Paired, pair
from seqloom.retrain.policy import Check, Policy, decide, promotes
from seqloom.retrain.recorded import Recorded, recorded
from seqloom.retrain.shadowed import shadowed
from seqloom.sequence import SequenceDataset, stretches
from seqloom.store import Records
from seqloom.train import Progress

RECENT, HOLDOUT = "the recent window", "the hold-out"


@dataclass(frozen=True)
class Request:
    """What a turn is made of.

    Args:
        data: new data with their targets, as `seqloom.read.read` takes them; None: the recorded readings of the store.
        earlier: data of before that are learned from as well, so that what they taught is not lost; None: none.
        store: where predictions were recorded; None: there is no shadow run.
        since: records before this time are left out, microseconds since 1970.
        recent: share of the new data that is held back from training, the latest of it; or its number of steps or
            sequences if 1 or more.
        policy: what is asked of the challenger.
        settings: of the training, by name; all others are the champion's.
        reading: how to read the data.
        why: why a new model is asked for; it stands in the history, and has no say.
        dry: only tell what would be done.
    """

    data: Any = None
    earlier: Any = None
    store: Records | None = None
    since: int = 0
    recent: float = 0.2
    policy: Policy = field(default_factory=Policy)
    settings: Mapping[str, Any] = field(default_factory=dict)
    reading: ReadSettings | None = None
    why: str = ""
    dry: bool = False


@dataclass(frozen=True)
class Outcome:
    """What a turn came to.

    Args:
        champion: the version that was the champion.
        challenger: the version that was made; None: it was not kept, in a dry run or as it could not be measured.
        checks: what was asked of it, and what was found.
        windows: champion and challenger on the recent window, on the hold-out and in the shadow run.
        promotion: of the challenger; None: it was not promoted.
        fitted: the training.
        left_out: steps of the given data that are held out, and so were not learned from, by where they were found.
    """

    champion: Version
    challenger: Version | None
    checks: tuple[Check, ...]
    windows: tuple[Paired, ...]
    promotion: Promotion | None
    fitted: Fitted
    left_out: Mapping[str, int] = field(default_factory=dict)

    @property
    def passed(self) -> bool:
        """Whether all that was asked is so."""
        return promotes(self.checks)


def retrain(registry: Registry, request: Request, *, progress: Progress | None = None) -> Outcome:
    """Train a challenger from the champion's weights, test it beside the champion, and promote it if it passes.

    The recent window, the hold-out and what counts in the shadow run are no part of what the challenger learns from:
    the first is cut off before, the second is left out wherever it is found, the third is what came after.

    Args:
        registry: with a champion and a hold-out; a challenger that can be measured becomes a version of it.
        request: what the turn is made of.
        progress: who is told how the training goes.

    Raises:
        InputError: data, store or settings cannot be used.
        RegistryError: there is no champion; or it is another one by the time the challenger is to be promoted.
        TrainingError: the training came to no model.
        StorageError: the disk refused, or another process owns the store.
    """
    champion = registry.version(registry.champion().version)
    estimator = load(registry.artifact(champion))
    bundle = estimator.bundle_
    holdout = _holdout(registry, estimator)
    source, earlier, left_out = _given(request, estimator, holdout)
    dataset = source.dataset if isinstance(source, Recorded) else source
    fitted = _challenge(bundle, dataset, earlier, request, progress)
    recent = pair(bundle, fitted.bundle, fitted.walked.examples["test"], RECENT)
    frozen = pair(bundle, fitted.bundle, _all_of(bundle, holdout), HOLDOUT)
    beside = None
    if request.store is not None:
        records = request.store.records(since=request.since)
        beside = shadowed(bundle, fitted.bundle, records, unlearned(fitted, source))
    windows = (recent, frozen, *([] if beside is None else [beside]))
    checks = decide(request.policy, recent, frozen, beside)
    if request.dry or not all(window.finite for window in windows):
        return Outcome(champion, None, checks, windows, None, fitted, left_out)
    challenger = _keep(registry, fitted.bundle, champion, request.why)
    promotion = None
    if promotes(checks):
        why = "; ".join([*([request.why] if request.why else []), *(f"{one.name}: {one.words}" for one in checks[1:3])])
        promotion = registry.promote(challenger.version, expected=champion.version, why=why)
    return Outcome(champion, challenger, checks, windows, promotion, fitted, left_out)


def _holdout(registry: Registry, estimator: SequenceEstimator) -> SequenceDataset:
    place = registry.holdout()
    if place is None:
        fix = "make a registry with one: seqloom registry add NEW MODEL --holdout FILE"
        raise SettingsError(str(registry.folder), expected="a hold-out to test challengers on", came="none", fix=fix)
    return _dataset(place, Request(), estimator)


def _given(
    request: Request, estimator: SequenceEstimator, holdout: SequenceDataset
) -> tuple[Recorded | SequenceDataset, SequenceDataset | None, dict[str, int]]:
    """New and earlier data without what is held out, and how many steps that was, by source."""
    source = _source(request, estimator)
    new = source.dataset if isinstance(source, Recorded) else source
    names = [piece.stream for piece in source.pieces] if isinstance(source, Recorded) else ()
    apart = apart_from(new, holdout, by_steps=_cut_in_time(estimator, new), after=True, names=names)
    left_out = Counter({new.source: apart.steps})
    if apart.steps:
        source = source.only(apart.kept) if isinstance(source, Recorded) else stretches(source, apart.kept)
    earlier = None
    if request.earlier is not None:
        earlier = _dataset(request.earlier, request, estimator)
        apart = apart_from(earlier, holdout, by_steps=_cut_in_time(estimator, earlier), after=False)
        left_out[earlier.source] += apart.steps
        earlier = stretches(earlier, apart.kept)
    return source, earlier, dict(+left_out)


def _cut_in_time(estimator: SequenceEstimator, dataset: SequenceDataset) -> bool:
    """Whether a sequence has parts, as `fit` cuts it; else it is in one part as a whole."""
    kind = type(estimator.bundle_.model)
    return kind.by_steps or (kind.target_kind == "classes" and dataset.schema.per_step_target and len(dataset) == 1)


def _source(request: Request, estimator: SequenceEstimator) -> Recorded | SequenceDataset:
    """The new data: recorded readings, or what was given."""
    if request.data is None and request.store is not None:
        return recorded(request.store.records(since=request.since), estimator.bundle_)
    return _read(request, estimator)


def _dataset(data: Any, request: Request, estimator: SequenceEstimator) -> SequenceDataset:  # noqa: ANN401 - as `read`
    if not isinstance(data, SequenceDataset):
        data = read(data, settings=estimator.reading(request.reading), schema=estimator.schema_)
    interval = estimator.bundle_.settings.get("resample")
    return resample(data, interval if isinstance(interval, str) else None)


def _read(request: Request, estimator: SequenceEstimator) -> SequenceDataset:
    """The new data; beside a store they have a clock, so that what came after them is known."""
    dataset = _dataset(request.data, request, estimator)
    if request.store is not None and dataset.times is None:
        fix = "leave DATA out to learn from the store alone, or leave the store out"
        came = "data without a clock, so that nobody knows which readings came after them"
        raise SettingsError("store beside data", expected="a time column", came=came, fix=fix)
    return dataset


def _challenge(
    bundle: Bundle,
    dataset: SequenceDataset,
    earlier: SequenceDataset | None,
    request: Request,
    progress: Progress | None,
) -> Fitted:
    """Train further from the champion on all but the latest of the new data."""
    ordered = type(bundle.model).by_steps or dataset.times is not None
    way = {"split": "time" if ordered else "order", "test_size": request.recent}
    settings = continued(bundle, {**request.settings, **way})
    return fit_planned(plan_from(dataset, bundle, settings, earlier=earlier), progress=progress, given=request.settings)


def _all_of(bundle: Bundle, dataset: SequenceDataset) -> Examples:
    """Everything in a data set, as examples to be judged on."""
    prepared = bundle.pipeline.transform(dataset)
    return type(bundle.model).examples(prepared, whole(dataset, "test"), "test", bundle.model.settings)


def _keep(registry: Registry, bundle: Bundle, champion: Version, why: str) -> Version:
    """The challenger as a version."""
    with TemporaryDirectory() as folder:
        artifact = save(with_page(bundle), Path(folder) / "challenger.loom")
        return registry.add(artifact, parent=champion.version, note=why)
