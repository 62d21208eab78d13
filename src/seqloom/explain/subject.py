"""What is explained: a model, its preparation, and the sequences it is asked about."""

import itertools
from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import torch
from numpy.typing import NDArray

from seqloom.artifact import Bundle
from seqloom.errors import DataError, InputError, SettingsError
from seqloom.explain.focus import focused
from seqloom.explain.inputs import inputs_of
from seqloom.explain.project import sampled
from seqloom.explain.question import Floats, Question
from seqloom.model import SequenceModel
from seqloom.prepare import Examples, Pipeline, whole
from seqloom.sequence import Array, SequenceDataset, spans
from seqloom.tasks import TASKS

LONGEST = 256
"""Steps after which sequences with an answer at each step are cut for an explanation."""
FEWEST_ROWS, MOST_ROWS = 600, 10_000
"""Steps that are looked at closely: the larger the network, the fewer."""
WORK = 1e9
"""Steps times weights that are looked at closely."""
CLOSE = 48
"""Sequences that are looked at closely at most."""
PARTS = ("answers", "trust", "gradients", "states", "errors")
"""The parts of an explanation."""


@dataclass(frozen=True)
class ExplainSettings:
    """How much is looked at.

    Args:
        parts: which parts the explanation has, some of `PARTS`.
        sequences: sequences, windows or stretches that are answered, drawn at random from more.
        close: of these as many as are looked at closely, at most.
        points: states that t-SNE arranges, at most 5,000.
        seed: of all that is drawn.

    Raises:
        SettingsError: a part has no such name, or a number is too small.
    """

    parts: tuple[str, ...] = PARTS
    sequences: int = 1_000
    close: int = CLOSE
    points: int = 1_500
    seed: int = 0

    def __post_init__(self) -> None:
        for part in self.parts:
            if part not in PARTS:
                raise SettingsError("parts", expected=f"some of {', '.join(PARTS)}", came=repr(part), fix="correct it")
        for name, least in (("sequences", 1), ("close", 1), ("points", 4), ("seed", 0)):
            if getattr(self, name) < least:
                raise SettingsError(
                    name, expected=f"at least {least}", came=str(getattr(self, name)), fix="choose a larger number"
                )


@dataclass(frozen=True)
class Subject:
    """A model and the sequences it is asked about.

    Args:
        bundle: model, preparation and what an artifact keeps beside them.
        dataset: the data as it was read, of many sequences some.
        examples: what is answered: all that was chosen, [E].
        close: what is looked at closely, [B].
        known: whether the data holds the truth.
        notes: what was left out, in sentences.
    """

    bundle: Bundle
    dataset: SequenceDataset
    examples: Examples
    close: Examples
    known: bool
    notes: tuple[str, ...]

    @property
    def model(self) -> SequenceModel:
        """The model."""
        return self.bundle.model

    @property
    def pipeline(self) -> Pipeline:
        """Its preparation."""
        return self.bundle.pipeline

    def tokens(self, examples: Examples, example: int) -> tuple[str, ...] | None:
        """The tokens or words of an example; None: it is a series."""
        rows = np.arange(int(examples.start[example]), int(examples.stop[example]))
        prepared = examples.prepared
        if prepared.text is not None:
            names = self.pipeline.tokens
            return tuple(names[code] for code in prepared.codes[rows, prepared.text].tolist())
        if prepared.words is not None:
            return tuple(prepared.words.at(rows))
        return None

    def series(self, question: Question) -> tuple[Floats, ...]:
        """The numbers of each sequence as the network reads them, [T, F]; of a step of several rows their mean."""
        inputs, rows = inputs_of(question.examples), question.batch.numbers.values
        return question.apart(rows.reshape(len(rows), inputs.segment, -1).mean(dim=1))

    def titles(self, question: Question) -> list[str]:
        """How each sequence is called, with the answer that is explained."""
        values, keys = question.each(question.values), question.examples.keys()
        chosen = question.each(question.chosen.float()).astype(np.int64)
        names = self.names(question)
        if question.examples.horizon:
            ahead = question.examples.times()[:, 0]
            keys = np.array([f"{key} · from {str(time)[:16]}" for key, time in zip(keys, ahead, strict=True)])
        return [
            f"{key} · {names[place] + ', ' if names else ''}{value:.3g}"
            for key, place, value in zip(keys, chosen, values, strict=True)
        ]

    def names(self, question: Question) -> tuple[str, ...]:
        """What the scores are about; none where there is one and the same for all."""
        count = question.before.shape[1]
        for names in (self.pipeline.classes, question.examples.prepared.target_names):
            if len(names) == count and count > 1:
                return tuple(map(str, names))
        return ()


def subject_of(bundle: Bundle, dataset: SequenceDataset, settings: ExplainSettings) -> Subject:
    """Choose what is answered and what is looked at closely.

    Args:
        bundle: the artifact.
        dataset: data of the same columns, with or without the truth.
        settings: how much.

    Raises:
        DataError: there is nothing to explain.
    """
    if not len(dataset):
        raise DataError(dataset.source, expected="a sequence to explain", came="none", fix="give more data")
    generator, notes = np.random.default_rng(settings.seed), list[str]()
    model = bundle.model
    if not model.by_steps and len(dataset) > settings.sequences:
        notes.append(f"{settings.sequences:,} of {len(dataset):,} sequences were drawn at random.")
        dataset = dataset.take(sampled(len(dataset), settings.sequences, generator).tolist())
    examples, known = _examples(bundle, dataset)
    examples, cut = _cut(model, examples)
    if cut:
        notes.append(f"Sequences were cut into stretches of {LONGEST} steps, each read from no memory.")
    examples, told = _some(examples, settings.sequences, generator)
    notes += [told] if told else []
    close = _closely(model, examples, settings.close, generator)
    notes.append(f"{len(close):,} of {len(examples):,} were looked at closely: their answers were taken apart.")
    if TASKS[model.task].explained.telling is not None:
        notes.append("These are the strangest ones, and each ends at its strangest step.")
    return Subject(bundle, dataset, examples, close, known, tuple(notes))


def _examples(bundle: Bundle, dataset: SequenceDataset) -> tuple[Examples, bool]:
    """What the model is judged on, where the truth is known, else what it is to predict."""
    model, prepared = bundle.model, bundle.pipeline.transform(dataset)
    if _has_truth(dataset):
        try:
            examples = type(model).examples(prepared, whole(dataset, "test"), "test", model.settings)
            if len(examples):
                return examples, True
        except InputError:
            pass  # too short to be judged: the last steps may still be explained
    examples = type(model).latest(prepared, model.settings)
    if not len(examples):
        raise DataError(dataset.source, expected="a sequence to explain", came="none", fix="give more data")
    return examples, False


def _has_truth(dataset: SequenceDataset) -> bool:
    """Whether every target has a known value."""
    targets = dataset.schema.targets
    return all(
        bool(
            (dataset.column(name) >= 0).any() if name in dataset.categories else (~_missing(dataset.column(name))).any()
        )
        for name in targets
    )


def _missing(column: Array) -> NDArray[np.bool_]:
    found: NDArray[np.bool_] = np.isnan(column) if column.dtype.kind == "f" else np.zeros(len(column), np.bool_)
    return found


def _cut(model: SequenceModel, examples: Examples) -> tuple[Examples, bool]:
    """Stretches of long sequences, where every step has an answer."""
    lengths = (examples.stop - examples.start).astype(np.int64)
    if not model.sizes.per_step or examples.horizon or not (lengths > LONGEST).any():
        return examples, False
    counts = -(-lengths // LONGEST)
    owner = np.repeat(np.arange(len(examples)), counts)
    start = examples.start[owner] + LONGEST * spans(np.zeros_like(counts), counts)
    stop = np.minimum(start + LONGEST, examples.stop[owner])
    return replace(examples.take(owner), start=start, stop=stop, warm=None, carried=False), True


def _some(examples: Examples, most: int, generator: np.random.Generator) -> tuple[Examples, str]:
    """At most so many examples; channels of one window stay together."""
    channels = 1 if examples.channel is None else len(examples.prepared.target_names)
    windows = len(examples) // channels
    if windows <= most:
        return examples, ""
    chosen = sampled(windows, most, generator)
    rows = (chosen[:, None] * channels + np.arange(channels)).ravel()
    return examples.take(rows), f"{most:,} of {windows:,} windows or stretches were drawn at random."


def _closely(model: SequenceModel, examples: Examples, most: int, generator: np.random.Generator) -> Examples:
    """As many as can be looked at closely in some seconds."""
    tables = sum(
        table.weight.numel() for table in model.modules() if isinstance(table, torch.nn.Embedding)
    )  # looked up, not multiplied
    weights = max(1, model.parameter_count - tables)
    rows = int(np.clip(WORK / weights, FEWEST_ROWS, MOST_ROWS))
    count = int(np.clip(rows / max(1.0, float(np.mean(examples.lengths))), 4, most))
    telling = TASKS[model.task].explained.telling
    if telling is not None:
        return focused(model, examples, telling).take(slice(count))
    long_enough = np.flatnonzero(examples.lengths >= min(4, int(examples.lengths.max())))
    return examples.take(long_enough[sampled(len(long_enough), count, generator)])


def columns_of(dataset: SequenceDataset, names: Mapping[str, bool]) -> dict[str, list[list[float | str | None]]]:
    """The values of some columns, sequence by sequence.

    Args:
        dataset: the data as it was read.
        names: of the columns, and whether their values are labels.
    """
    found: dict[str, list[list[float | str | None]]] = {}
    for name, labels in names.items():
        if name not in dataset.steps:
            continue
        column, offsets = dataset.column(name), dataset.offsets
        parts = [np.asarray(column[a:b]) for a, b in itertools.pairwise(offsets)]
        if labels and name in dataset.categories:
            every = (*dataset.categories[name], None)
            found[name] = [[every[code] for code in part.tolist()] for part in parts]
        elif not labels and column.dtype.kind in "fiu" and name not in dataset.categories:
            found[name] = [part.astype(np.float64).tolist() for part in parts]
    return found
