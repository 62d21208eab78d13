"""What was answered beside what happened, in the units of the data: for the report and the terminal."""

from collections.abc import Callable
from dataclasses import replace
from functools import singledispatch

import numpy as np

from seqloom.evaluate import MODEL, Alternatives, alternative_answers, covered_rows, joint
from seqloom.prepare import EventTargets, Examples, Pipeline, asked_rows
from seqloom.report import (
    ClassOutcome,
    EventOutcome,
    ForecastOutcome,
    FrameOutcome,
    LanguageOutcome,
    Section,
    Sketch,
    TagOutcome,
    TranscriptOutcome,
    TranslateOutcome,
    ValueOutcome,
    class_sections,
    event_sections,
    forecast_sections,
    frame_sections,
    language_sections,
    tag_sections,
    transcript_sections,
    translate_sections,
    value_sections,
)
from seqloom.score import entry_nats
from seqloom.sequence import (
    Array,
    ClassPrediction,
    EventPrediction,
    ForecastPrediction,
    FramePrediction,
    LanguagePrediction,
    Prediction,
    TagPrediction,
    TranscriptPrediction,
    TranslatePrediction,
    ValuePrediction,
    moment,
    spans,
)

COMPARED_VALUES = 3_000_000
"""Forecast values beyond which the alternatives' own are not kept for the figures: 24 MB for each of them."""
COUNTED_ENTRIES = 10_000_000
"""Entries of frames the cost of each is measured on, at most, where that is more than one sequence."""
SHOWN_EVENTS = 4
"""Events that are listed before one."""
SHOWN_HISTORY = 3
"""Horizons of the past that are drawn before a forecast."""


@singledispatch
def outcome_sections(
    prediction: Prediction,
    examples: Examples,  # noqa: ARG001 - for the functions registered below, one for each kind of prediction
    pipeline: Pipeline,  # noqa: ARG001 - as above
    alternatives: Alternatives,  # noqa: ARG001 - as above
) -> tuple[Section, ...]:
    """The sections of a report that show the answers."""
    raise TypeError(type(prediction))


@outcome_sections.register
def _of_forecasts(
    prediction: ForecastPrediction, examples: Examples, pipeline: Pipeline, alternatives: Alternatives
) -> tuple[Section, ...]:
    outcome = forecast_outcome(prediction, examples, pipeline)
    if prediction.values.size <= COMPARED_VALUES:
        outcome = replace(outcome, others=alternative_answers(alternatives, examples, pipeline))
    return forecast_sections(outcome, season=alternatives.season)


@outcome_sections.register
def _of_classes(
    prediction: ClassPrediction, examples: Examples, pipeline: Pipeline, _: Alternatives
) -> tuple[Section, ...]:
    return class_sections(class_outcome(prediction, examples, pipeline))


@outcome_sections.register
def _of_values(
    prediction: ValuePrediction, examples: Examples, pipeline: Pipeline, _: Alternatives
) -> tuple[Section, ...]:
    return value_sections(value_outcome(prediction, examples, pipeline))


@outcome_sections.register
def _of_frames(
    prediction: FramePrediction, examples: Examples, _: Pipeline, alternatives: Alternatives
) -> tuple[Section, ...]:
    return frame_sections(frame_outcome(prediction, examples, alternatives))


@outcome_sections.register
def _of_tags(prediction: TagPrediction, examples: Examples, _: Pipeline, __: Alternatives) -> tuple[Section, ...]:
    return tag_sections(tag_outcome(prediction, examples))


@outcome_sections.register
def _of_events(
    prediction: EventPrediction, examples: Examples, pipeline: Pipeline, _: Alternatives
) -> tuple[Section, ...]:
    return event_sections(event_outcome(prediction, examples, pipeline))


@outcome_sections.register
def _of_running_text(
    prediction: LanguagePrediction, examples: Examples, pipeline: Pipeline, _: Alternatives
) -> tuple[Section, ...]:
    return language_sections(language_outcome(prediction, examples, pipeline))


@outcome_sections.register
def _of_translations(
    prediction: TranslatePrediction, examples: Examples, _: Pipeline, __: Alternatives
) -> tuple[Section, ...]:
    return translate_sections(translate_outcome(prediction, examples))


@outcome_sections.register
def _of_transcripts(
    prediction: TranscriptPrediction, examples: Examples, _: Pipeline, __: Alternatives
) -> tuple[Section, ...]:
    return transcript_sections(transcript_outcome(prediction, examples))


def forecast_outcome(prediction: ForecastPrediction, examples: Examples, pipeline: Pipeline) -> ForecastOutcome:
    """Forecasts with what happened and the end of each lookback."""
    windows = joint(examples)
    keys = windows.keys()
    shown = min(SHOWN_HISTORY * windows.horizon, int((windows.stop - windows.start).min()))
    rows = windows.stop[:, None] + np.arange(-shown, 0)
    times = windows.prepared.times
    return ForecastOutcome(
        prediction=prediction,
        truth=pipeline.invert_targets(windows.truth(), keys),
        history=pipeline.invert_targets(windows.prepared.targets[rows], keys),
        history_times=rows - windows.prepared.offsets[windows.sequence][:, None] if times is None else times[rows],
    )


def language_outcome(prediction: LanguagePrediction, examples: Examples, pipeline: Pipeline) -> LanguageOutcome:
    """How likely each token was found, with where it stands."""
    prepared, lengths = examples.prepared, (examples.stop - examples.start).astype(np.int64)
    place = covered_rows(examples) + 1
    starts = prepared.offsets if prepared.starts is None else prepared.starts
    codes = prepared.codes[:, prepared.text or 0]

    def text(first: int, last: int) -> str:
        return "" if pipeline.texts is None else pipeline.texts.spell(codes[first:last])

    return LanguageOutcome(
        prediction=prediction,
        read=spans(np.zeros_like(lengths), lengths) + 1,
        line=np.searchsorted(starts, place, side="right") - 1,
        place=place,
        text=text,
    )


def class_outcome(prediction: ClassPrediction, examples: Examples, pipeline: Pipeline) -> ClassOutcome:
    """Labels and probabilities with the true classes."""
    return ClassOutcome(
        prediction=prediction,
        truth=examples.truth(),
        series=lambda row: _series(examples, row, None),
        features=examples.prepared.number_names,
        text=_reader(examples, pipeline),
    )


def tag_outcome(prediction: TagPrediction, examples: Examples) -> TagOutcome:
    """Labels and probabilities of all steps with the true classes."""
    rows, words = covered_rows(examples), examples.prepared.words
    return TagOutcome(prediction, examples.prepared.targets[rows], None if words is None else words.new(rows))


def transcript_outcome(prediction: TranscriptPrediction, examples: Examples) -> TranscriptOutcome:
    """Texts with the true ones."""
    prepared = examples.prepared
    truth = prepared.texts[prepared.target_names[0]][examples.sequence]
    return TranscriptOutcome(prediction, tuple(text or "" for text in truth), tuple(examples.lengths.tolist()))


def value_outcome(prediction: ValuePrediction, examples: Examples, pipeline: Pipeline) -> ValueOutcome:
    """Values with the true ones, for each sequence or each step."""
    lengths = (examples.stop - examples.start).astype(np.int64)
    targets, example = examples.prepared.targets, np.arange(len(examples))
    if prediction.steps is None:
        seen, truth = lengths, targets[examples.sequence]
    else:
        example, seen = np.repeat(example, lengths), prediction.steps
        truth = targets[examples.start[example] + seen - 1]
    return ValueOutcome(
        prediction=prediction,
        truth=pipeline.invert_targets(truth, prediction.keys),
        lengths=seen,
        series=lambda row: _series(examples, int(example[row]), int(seen[row])),
        features=examples.prepared.number_names,
        text=_reader(examples, pipeline) if prediction.steps is None else None,
    )


def event_outcome(prediction: EventPrediction, examples: Examples, pipeline: Pipeline) -> EventOutcome:
    """Distributions of events with what came, and the types of the events before."""
    if not isinstance(pipeline.targets, EventTargets):
        raise TypeError(type(pipeline.targets))
    _, rows, owner = asked_rows(examples)
    prepared = examples.prepared
    begin = prepared.offsets[examples.sequence[owner]]
    history = prepared.history if prepared.history is not None else prepared.targets
    before = rows[:, None] - np.arange(SHOWN_EVENTS)[::-1]
    types = np.where(before >= begin[:, None], history[np.maximum(before, 0), 0], np.nan)
    return EventOutcome(
        prediction=prediction,
        truth=pipeline.targets.truth(examples),
        before=np.where(np.isnan(types), -1, types).astype(np.int64),
    )


def translate_outcome(prediction: TranslatePrediction, examples: Examples) -> TranslateOutcome:
    """Translations with the true ones."""
    texts, rows = examples.prepared.texts, examples.sequence
    source = next(name for name in texts if name != prediction.target)
    return TranslateOutcome(prediction, texts[source][rows], texts[prediction.target][rows])


def frame_outcome(prediction: FramePrediction, examples: Examples, alternatives: Alternatives) -> FrameOutcome:
    """What each entry cost model and alternatives on the first of the sequences."""
    most, ends = COUNTED_ENTRIES // len(prediction.targets), np.cumsum(examples.stop - examples.start)
    counted = examples.take(np.arange(max(1, int(np.searchsorted(ends, most, side="right")))))
    truth = examples.prepared.targets[covered_rows(counted)].astype(np.float64)
    logits = {MODEL: prediction.logits[: len(truth)]}
    logits |= {alternative.name: alternative.predict(counted) for alternative in alternatives.fitted}
    return FrameOutcome(
        entries=prediction.targets,
        nats={name: entry_nats(own, truth).mean(axis=0) for name, own in logits.items()},
        shares=truth.mean(axis=0),
    )


def forecast_sketch(outcome: ForecastOutcome) -> Sketch:
    """The last forecast of the first sequence and target, drawn with letters."""
    prediction, pair = outcome.prediction, outcome.interval
    window = int(np.flatnonzero(prediction.keys == prediction.keys[0])[-1])
    low, high = (None, None) if pair is None else (prediction.quantiles[window, :, 0, place] for place in pair)
    times = outcome.history_times[window], prediction.times[window]
    return Sketch(
        history=outcome.history[window, :, 0],
        forecast=prediction.values[window, :, 0],
        low=low,
        high=high,
        truth=outcome.truth[window, :, 0],
        labels=(moment(times[0][0]), moment(times[1][0]), moment(times[1][-1])),
        title=f"{prediction.targets[0]}: the last test window, forecast and what happened",
    )


def _reader(examples: Examples, pipeline: Pipeline) -> Callable[[int], str] | None:
    """What gives the text of an example as the model reads it; None where examples are no texts."""
    place, texts = examples.prepared.text, pipeline.texts
    if place is None or texts is None:
        return None
    codes = examples.prepared.codes[:, place]
    return lambda row: texts.spell(codes[examples.start[row] : examples.stop[row]])


def _series(examples: Examples, example: int, steps: int | None) -> Array:
    """The features of an example's first `steps` rows, [T, F]."""
    start, stop = int(examples.start[example]), int(examples.stop[example])
    return np.asarray(examples.prepared.numbers[start : stop if steps is None else start + steps])
