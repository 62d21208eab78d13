"""Every alternative keeps the laws of the contract: one table of cases, one test per law."""

from dataclasses import replace
from functools import partial

import numpy as np
import pytest

from seqloom.alternatives import Hints, NearestClasses, Skipped
from seqloom.prepare import next_row
from seqloom.prepare.frames import before
from seqloom.sequence import EventShape, Words
from seqloom.tasks import TASKS

ROWS = {
    **{name: task.alternatives for name, task in TASKS.items()},
    **{f"{name} texts": task.of_texts for name, task in TASKS.items() if task.of_texts},
}
CASES = [
    pytest.param(task, alternative, id=f"{task} {alternative.name}")
    for task, alternatives in ROWS.items()
    for alternative in alternatives
    if task != "translate"  # they answer texts, and have tests of their own
] + [pytest.param("classify", NearestClasses, id="classify nearest")]
FRAMES = ("music", "images")
"""Tasks whose answers have a row for each step."""
HINTS = Hints(season=5, classes=3, seed=7)

SAME = ("language", "anomaly")
"""Tasks whose answers are about what was read."""
every = pytest.mark.parametrize(("task", "alternative"), CASES)
BY_STEP = ("language", "tag", "anomaly", *FRAMES)
"""Tasks in which every step of an example is answered."""


@pytest.fixture
def make_examples(make_windows, make_sequences, make_texts):
    """Thirty examples or more of a task, the same for the same seed."""
    makers = {
        "tag": partial(tagged, make_sequences),
        "anomaly": partial(watched, make_sequences),
        "language": partial(running, make_texts),
        "transcribe": partial(spoken, make_sequences),
        **dict.fromkeys(FRAMES, partial(framed, make_sequences)),
    }

    def make(task: str, seed: int = 0):
        drawn = np.random.default_rng(seed)
        if task == "forecast":
            return make_windows(*drawn.normal(size=(2, 60, 2)).cumsum(axis=1), lookback=8, horizon=3)
        if task == "events":
            numbers = [drawn.normal(size=(length, 2)) for length in drawn.integers(3, 12, 30)]
            return followed(make_sequences, numbers, drawn)
        if task in makers:
            return makers[task](drawn)
        classes = np.arange(30) % 3
        values = drawn.normal(size=(30, 2)).astype(np.float32)
        kinds = {"classify": classes, "label": (values > 0).astype(np.float32)}
        targets = kinds.get(task.partition(" ")[0], values)
        if task.endswith("texts"):
            return make_texts(*(drawn.integers(0, 9, length) for length in drawn.integers(3, 12, 30)), targets=targets)
        return make_sequences(*(drawn.normal(size=(n, 2)) for n in drawn.integers(3, 12, 30)), targets=targets)

    return make


def watched(make_sequences, drawn):
    """Sequences of two columns that are watched."""
    lengths = drawn.integers(3, 12, 30)
    values = drawn.normal(size=(lengths.sum(), 2)).astype(np.float32)
    return make_sequences(*(np.zeros((length, 0)) for length in lengths), targets=values, watched=True)


def running(make_texts, drawn):
    """Texts, each token of which tells the next."""
    texts = [drawn.integers(0, 9, length) for length in drawn.integers(4, 12, 30)]
    made = make_texts(*texts, targets=np.concatenate([np.append(text[1:], -1) for text in texts]))
    return replace(made, stop=made.stop - 1)


def framed(make_sequences, drawn):
    """Pieces of frames of two entries."""
    pieces = [(drawn.random((n, 2)) < 0.4).astype(np.float32) for n in drawn.integers(3, 12, 30)]
    inputs = [before(piece, np.array([0, len(piece)])) for piece in pieces]
    return make_sequences(*inputs, targets=np.concatenate(pieces))


def spoken(make_sequences, drawn):
    """Sequences of two numbers with a text each."""
    texts = np.array(["one two", "two", "one"], dtype=object)[drawn.integers(0, 3, 30)]
    numbers = [drawn.normal(size=(length, 2)) for length in drawn.integers(3, 12, 30)]
    return make_sequences(*numbers, targets=np.zeros((30, 1)), texts={"y0": texts})


def followed(make_sequences, numbers, drawn):
    """Sequences of events of three types with a gap before each; what follows the last but one is asked."""
    offsets = np.concatenate([[0], np.cumsum([len(rows) for rows in numbers])])
    count = int(offsets[-1])
    columns = [drawn.integers(0, 3, count), np.zeros(count), drawn.normal(size=count)]
    history = np.stack(columns, axis=1).astype(np.float32)
    shape = EventShape(types=3, gap=True)
    made = make_sequences(*numbers, targets=next_row(history, offsets), history=history, event=shape)
    return replace(made, stop=offsets[1:] - 1, warm=offsets[1:] - offsets[:-1] - 2)


def tagged(make_sequences, drawn):
    """Sequences of two numbers and a word at each step, each step of one of three classes."""
    numbers = [drawn.normal(size=(length, 2)) for length in drawn.integers(3, 12, 30)]
    count = sum(map(len, numbers))
    words = Words(drawn.integers(0, 6, count), tuple("abcdef"), np.ones(6, dtype=np.bool_))
    return make_sequences(*numbers, targets=drawn.integers(0, 3, count), labelled_steps=True, words=words)


def rows_of(task, examples, places):
    """The rows of an answer that belong to some examples."""
    if task not in BY_STEP:
        return places
    ends = np.cumsum(examples.stop - examples.start)
    return np.concatenate([np.arange(ends[place] - examples.lengths[place], ends[place]) for place in places])


def without_truth(examples):
    """The same examples as they are when nobody knows what is to be predicted."""
    prepared = examples.prepared
    if examples.horizon:
        hidden = prepared.targets.copy()
        hidden[examples.stop.max() :] = np.nan
        return replace(examples, prepared=replace(prepared, targets=hidden)).take(slice(-1, None))
    texts = {name: np.full_like(given, None) for name, given in prepared.texts.items()}
    return replace(examples, prepared=replace(prepared, targets=np.full_like(prepared.targets, -1), texts=texts))


def assert_same(answer, expected):
    """Texts are equal; sums over other blocks of memory are rounded differently."""
    if expected.dtype == object:
        assert answer.tolist() == expected.tolist()
    else:
        np.testing.assert_allclose(answer, expected, rtol=1e-9)


@every
def test_the_answer_has_the_shape_of_the_truth(task, alternative, make_examples):
    """One finite answer for each example or step: forecasts [E, P, C], probabilities [E, K], values [E, C] ..."""
    examples = make_examples(task)
    answer = alternative.fit(examples, HINTS).predict(examples)
    if task == "transcribe":
        assert answer.shape == (30,)
        assert set(answer) <= {"one two", "two", "one"}
        return
    rows = int(examples.lengths.sum())
    shapes = {"classify": (30, 3), "classify texts": (30, 3), "events": (30, 3 + 3), "tag": (rows, 3)}
    shapes |= dict.fromkeys(("label", "label texts"), (30, 2, 2))
    shapes |= {"language": (rows,), "anomaly": (rows,), **dict.fromkeys(FRAMES, examples.prepared.targets.shape)}
    assert answer.shape == (shapes[task] if task in shapes else examples.truth().shape)
    assert np.isfinite(answer).all()


@every
def test_the_same_seed_gives_the_same_answer(task, alternative, make_examples):
    """Fitting twice gives the same numbers to the last bit."""
    examples = make_examples(task)
    first, second = (alternative.fit(examples, HINTS).predict(examples) for _ in range(2))
    np.testing.assert_array_equal(first, second)


@every
def test_each_example_is_answered_on_its_own(task, alternative, make_examples):
    """The answer for an example does not depend on which others are asked with it, nor on their order."""
    fitted = alternative.fit(make_examples(task), HINTS)
    examples = make_examples(task, seed=1)
    places = np.array([7, 3, 20])
    assert_same(fitted.predict(examples.take(places)), fitted.predict(examples)[rows_of(task, examples, places)])


@pytest.mark.parametrize(("task", "alternative"), [case for case in CASES if case.values[0] not in SAME])
def test_the_truth_is_not_looked_at(task, alternative, make_examples):
    """The answer is the same where what is to be predicted is not known."""
    fitted = alternative.fit(make_examples(task), HINTS)
    examples = make_examples(task, seed=1)
    asked = without_truth(examples)
    answer = fitted.predict(asked)
    assert_same(answer, fitted.predict(examples)[-len(answer) :])


@every
def test_only_training_examples_are_learned_from(task, alternative, make_examples):
    """Changing everything outside the training examples changes nothing."""
    examples = make_examples(task)
    part = examples.take(np.flatnonzero(examples.stop <= 40) if task == "forecast" else np.arange(20))
    end = int(part.stop.max()) + part.horizon
    numbers, codes, targets = (getattr(examples.prepared, name).copy() for name in ("numbers", "codes", "targets"))
    numbers[end:] += 9
    codes[end + (task == "language") :] = 0  # the token that follows the last one read
    targets[20 if task.partition(" ")[0] in ("classify", "regress", "transcribe") else end :] = 0
    texts = {name: np.where(np.arange(30) < 20, given, "else") for name, given in examples.prepared.texts.items()}
    prepared = replace(examples.prepared, numbers=numbers, codes=codes, targets=targets, texts=texts)
    changed = replace(part, prepared=prepared)
    first, second = (alternative.fit(training, HINTS).predict(part) for training in (part, changed))
    np.testing.assert_array_equal(first, second)


@every
def test_names_are_keys_and_titles_are_words(task, alternative):
    """A name can stand in JSON and on a command line, a title in a sentence."""
    assert alternative.name.replace("_", "").isalpha()
    assert alternative.name.islower()
    assert " " in alternative.title or alternative.title.isalpha()


@pytest.mark.parametrize("task", ["classify", "regress", "classify texts", "regress texts"])
def test_without_labels_every_alternative_is_skipped(task, make_examples):
    """Nothing can be learned from sequences without labels, and the reason says so."""
    examples = make_examples(task)
    blank = np.full_like(examples.prepared.targets, -1 if task.startswith("classify") else np.nan)
    unlabelled = replace(examples, prepared=replace(examples.prepared, targets=blank))
    outcomes = [alternative.fit(unlabelled, HINTS) for alternative in ROWS[task]]
    assert all(isinstance(outcome, Skipped) and "training" in outcome.reason for outcome in outcomes)
