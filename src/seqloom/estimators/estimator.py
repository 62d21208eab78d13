"""What all estimators have in common."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, ClassVar, Self, TypeAlias

import numpy as np
from sklearn.base import BaseEstimator

from seqloom.artifact import Bundle, save
from seqloom.errors import NotFittedError, SettingsError
from seqloom.estimators.fitted import Fitted, fit_dataset, fit_planned, with_page
from seqloom.estimators.judged import Judged, judge_dataset
from seqloom.estimators.settings import FitSettings
from seqloom.estimators.warm import continued, plan_from
from seqloom.evaluate import Against, Judgement
from seqloom.explain import ExplainSettings, Explanation, explain
from seqloom.live import Changed, LiveStreams
from seqloom.model import predict_dataset
from seqloom.prepare import resample
from seqloom.read import EVERY, ReadSettings, Source, from_arrays, read
from seqloom.report import Report
from seqloom.sequence import Array, Prediction, Schema, SequenceDataset
from seqloom.store import Store
from seqloom.train import Progress

Data: TypeAlias = Source | SequenceDataset
"""What `seqloom.read.read` takes, or what it has made of it."""
SAME_STEPS = ("note_step", "pixels")
"""The settings of reading that say what a step is: as in training, so in use."""


class SequenceEstimator(BaseEstimator):  # type: ignore[misc]  # scikit-learn ships no types
    """A model that is fitted to a table or to arrays, in scikit-learn's manner.

    Attributes:
        bundle_: the fitted model, its preparation, and what is saved with them.
        fitted_: how the fit came about; absent after loading.
    """

    task: ClassVar[str]
    settings: Mapping[str, Any] | None
    bundle_: Bundle
    fitted_: Fitted

    def _choices(self) -> dict[str, Any]:
        """The constructor's arguments as settings; None: not given."""
        return {name: value for name, value in self.get_params(deep=False).items() if name != "settings"}

    def fit(
        self,
        data: Data,
        y: Any = None,  # noqa: ANN401 - whatever converts to an array of labels or values
        *,
        test: Data | None = None,
        lengths: Sequence[int] | None = None,
        progress: Progress | None = None,
        start: "SequenceEstimator | None" = None,
        **columns: Any,  # noqa: ANN401 - the fields of ReadSettings, checked there
    ) -> Self:
        """Train on data and judge the model beside simple alternatives.

        Args:
            data: a path, a table (pandas, Polars, Arrow, a mapping of columns), or arrays: a list of [T_i, F] or one
                [B, T, F]; or what `seqloom.read.read` made of one of them.
            y: one label or value per sequence, for arrays.
            test: data to judge on; by default a part of `data` is held out.
            lengths: steps of each sequence of a [B, T, F] array.
            progress: who is told how the training goes.
            start: a fitted estimator to begin from: its preparation, its network and its weights are kept as they are,
                and trained further; data are read as its own were.
            columns: how to read a table: `target`, `time`, `group` and the other fields of `ReadSettings`.

        Returns:
            The estimator itself.

        Raises:
            InputError: something about the data or the settings cannot be used; the message says what and where.
        """
        choices = {name: value for name, value in self._choices().items() if value is not None}
        given = {**(self.settings or {}), **choices, **columns, "task": self.task}
        if start is not None:
            return self._fit_from(start, given, data, y, test=test, lengths=lengths, progress=progress)
        settings = FitSettings.flat(given, source=type(self).__name__)
        dataset = _load(data, y, lengths, settings, columns)
        held_out = None if test is None else _read(test, settings.reading, dataset.schema)
        self.fitted_ = fit_dataset(dataset, settings, test=held_out, progress=progress, given=given)
        self.bundle_ = self._remember(self.fitted_.bundle, data, y)
        return self

    def _fit_from(
        self,
        start: "SequenceEstimator",
        given: Mapping[str, Any],
        data: Data,
        y: Any,  # noqa: ANN401 - as for `fit`
        *,
        test: Data | None,
        lengths: Sequence[int] | None,
        progress: Progress | None,
    ) -> Self:
        """Train a fitted estimator's model further."""
        bundle = start._bundle  # noqa: SLF001 - of the same class
        settings = continued(bundle, given)
        dataset = start._load_like_training(data, y, lengths)  # noqa: SLF001 - of the same class
        held_out = None if test is None else start._load_like_training(test)  # noqa: SLF001 - of the same class
        planned = plan_from(dataset, bundle, settings, test=held_out)
        self.fitted_ = fit_planned(planned, progress=progress, given=given)
        self.bundle_ = self._remember(self.fitted_.bundle, data, y)
        return self

    def _remember(self, bundle: Bundle, data: Data, y: Any) -> Bundle:  # noqa: ANN401, ARG002 - for subclasses
        """The bundle with what an estimator itself must know again after loading; most need nothing."""
        return bundle

    @property
    def report_(self) -> Report:
        """The report of the fit, also of a loaded model; `report_.save("report.html")` writes the page."""
        report = self._bundle.report
        if report is None:
            raise NotFittedError("report_", expected="a report", came="an artifact without one", fix="fit again")
        return Report.model_validate(report)

    @property
    def metrics_(self) -> Mapping[str, Any]:
        """Metrics of the validation and the test part."""
        return self._bundle.metrics

    @property
    def baselines_(self) -> Mapping[str, Any]:
        """Metrics of the alternatives on the test part."""
        return self._bundle.baselines

    @property
    def schema_(self) -> Schema:
        """What the columns of the data are, as they were found in training."""
        return self._bundle.schema

    @property
    def _bundle(self) -> Bundle:
        if not hasattr(self, "bundle_"):
            name = type(self).__name__
            raise NotFittedError(name, expected="a fitted estimator", came="one before fit", fix="call fit first")
        return self.bundle_

    def answer(self, data: Data, *, lengths: Sequence[int] | None = None, rate: int | None = None) -> Prediction:
        """The full prediction for data of the same columns; targets may be missing.

        Args:
            data: what to predict for.
            lengths: steps of each sequence of a [B, T, F] array.
            rate: samples per second of arrays of sound; None: as in training.

        Raises:
            InputError: the data does not fit the training data.
        """
        dataset = self._load_like_training(data, lengths=lengths, rate=rate)
        return predict_dataset(self._bundle.model, self._bundle.pipeline, dataset)

    def evaluate(
        self,
        data: Data,
        y: Any = None,  # noqa: ANN401 - whatever converts to an array of labels or values
        *,
        test: Data | None = None,
        lengths: Sequence[int] | None = None,
        against: Against = "quick",
    ) -> Judgement:
        """Judge the model on other data with known targets.

        Args:
            data: what to judge on; with `test`, what the alternatives learn from and forecasts follow.
            y: one label or value per sequence, for arrays.
            test: what to judge on.
            lengths: steps of each sequence of a [B, T, F] array.
            against: what it is compared with: `none`, `quick` or `full`; other nets are trained in `fit` alone.
        """
        return self.judged(data, y, test=test, lengths=lengths, against=against).judgement

    def judged(
        self,
        data: Data,
        y: Any = None,  # noqa: ANN401 - whatever converts to an array of labels or values
        *,
        test: Data | None = None,
        lengths: Sequence[int] | None = None,
        against: Against = "quick",
    ) -> Judged:
        """The judgement of `evaluate` with what it was made on: what `judged_report` makes a page of."""
        season = self._bundle.profile.get("season", 1)
        return judge_dataset(
            self._bundle.model,
            self._bundle.pipeline,
            self._load_like_training(data, y, lengths),
            test=None if test is None else self._load_like_training(test),
            season=season if isinstance(season, int) else 1,
            against=against,
        )

    def explain(
        self,
        data: Data,
        y: Any = None,  # noqa: ANN401 - whatever converts to an array of labels or values
        *,
        lengths: Sequence[int] | None = None,
        settings: ExplainSettings | None = None,
    ) -> Explanation:
        """See inside the model: what its answers rest on, how gradients flow, what its states hold, where it errs.

        Args:
            data: what to explain it on; where targets are known, errors are explained, too.
            y: one label or value per sequence, for arrays.
            lengths: steps of each sequence of a [B, T, F] array.
            settings: how much is looked at; None: all parts, on 1,000 sequences at most.

        Raises:
            InputError: the data does not fit the training data.
        """
        return explain(self._bundle, self._load_like_training(data, y, lengths), settings)

    def stream(
        self,
        store: Store | str | Path | None = None,
        *,
        records: bool = False,
        changed: Changed = "refuse",
        deterministic: bool = False,
    ) -> LiveStreams:
        """Live streams in this process: one reading in, one answer out.

        Args:
            store: where streams are kept: `sqlite:///live.db`, a path that ends in `.db`, `postgresql://…`; None: in
                memory only.
            records: whether every prediction is recorded in the store.
            changed: what becomes of stored streams of another model: `refuse`, `reset`, or how many of their latest
                recorded readings are read again.
            deterministic: whether answers are the same to the last bit whoever else is read at the same time; many
                times slower.

        Raises:
            SettingsError: the model does not answer reading by reading; or it is not saved, and its streams are to be.
        """
        return LiveStreams(self._bundle, store, records=records, changed=changed, deterministic=deterministic)

    def save(self, path: Path | str) -> Path:
        """Save the fitted model as an artifact; returns where it stands."""
        return save(with_page(self._bundle), path)

    def reading(self, settings: ReadSettings | None = None) -> ReadSettings:
        """How data for this model is to be read: cut into the same steps as that of the training.

        Args:
            settings: what else was chosen.
        """
        bundle = self._bundle
        same: dict[str, Any] = {name: bundle.settings[name] for name in SAME_STEPS if name in bundle.settings}
        same |= {"target": EVERY} if bundle.model.target_kind == "frames" else {}
        return (settings or ReadSettings()).model_copy(update=same)

    def _load_like_training(
        self,
        data: Data,
        y: Any = None,  # noqa: ANN401 - as for `evaluate`
        lengths: Sequence[int] | None = None,
        rate: int | None = None,
    ) -> SequenceDataset:
        bundle = self._bundle
        if y is None and lengths is None:
            dataset = _read(data, self.reading().model_copy(update={"rate": rate}), bundle.schema)
        else:
            dataset = from_arrays(arrays(data), y, lengths=lengths, schema=bundle.schema)
        interval = bundle.settings.get("resample")
        return resample(dataset, interval if isinstance(interval, str) else None)


def _load(
    data: Data,
    y: Any,  # noqa: ANN401 - whatever converts to an array of labels or values
    lengths: Sequence[int] | None,
    settings: FitSettings,
    columns: Mapping[str, Any],
) -> SequenceDataset:
    """A table or file by its columns, arrays with their labels or values, or a data set as it is."""
    if isinstance(data, SequenceDataset) and columns:
        came = "a data set that was read without them"
        raise SettingsError(
            ", ".join(columns), expected="a table or a path", came=came, fix="give them to read instead"
        )
    if y is None and lengths is None:
        return _read(data, settings.reading, None)
    named = y is None or isinstance(y, Mapping)  # columns have their own names
    reading = settings.reading if named else settings.reading_beside_targets
    return from_arrays(arrays(data), y, lengths=lengths, settings=reading)


def _read(data: Data, settings: ReadSettings, schema: Schema | None) -> SequenceDataset:
    return data if isinstance(data, SequenceDataset) else read(data, settings=settings, schema=schema)


def arrays(data: Data) -> Array | Sequence[Any]:
    """The data, which labels or lengths beside it say is arrays.

    Raises:
        SettingsError: it is a table or a path.
    """
    if isinstance(data, np.ndarray) or (isinstance(data, Sequence) and not isinstance(data, str)):
        return data
    raise SettingsError(
        "y or lengths",
        expected="a list of arrays or a 3-D array beside them",
        came=type(data).__name__,
        fix="name the columns of a table instead: target=, group=",
    )
