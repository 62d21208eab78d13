"""Settings that have no say in a task: refused where somebody chose them, never ignored in silence."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from seqloom.errors import SettingsError
from seqloom.estimators.settings import ROOMS, FitSettings
from seqloom.model import WHOLE
from seqloom.tasks import TASKS, Task


@dataclass(frozen=True)
class Circumstances:
    """What decides which settings count.

    Args:
        settings: all settings, the task among them.
        per_step: whether targets have a value per step.
        classes: how many classes there are; 0 where values are predicted.
        texts: whether sequences are texts.
        words: whether steps are words.
        sounds: whether the sequences are recordings.
    """

    settings: FitSettings
    per_step: bool = False
    classes: int = 0
    texts: bool = False
    words: bool = False
    sounds: bool = False

    @property
    def spells(self) -> bool:
        """Whether texts are read or written."""
        return self.texts or self.task.model.target_kind == "symbols"

    @property
    def task(self) -> Task[Any, Any]:
        """What is to be done.

        Raises:
            KeyError: the settings name no task.
        """
        return TASKS[str(self.settings.task)]


@dataclass(frozen=True)
class Rule:
    """Settings that count only under a condition about the data or about other settings.

    Args:
        names: the settings.
        counts: the condition.
        expected: the condition in words.
        came: in words, what is there instead.
    """

    names: tuple[str, ...]
    counts: Callable[[Circumstances], bool]
    expected: str
    came: Callable[[Circumstances], str] = lambda found: found.task.subject


TOKENS = ("tokens", "strip_marks", "max_tokens", "cut")
SOUND = ("mel_bands", "frame_ms", "hop_ms", "lowest_hz", "highest_hz", "loudness", "range_db", "slopes")
OF_METHODS = (
    *("method", "horizon", "lookback", "stride", "judged_stride", "interval", "interval_width", "threshold"),
    *("miss_cost", "seed", "refit"),
)
"""Settings of model and training that a simple method listens to as well."""
OF_NETWORKS = tuple(name for room in ("model", "train") for name in ROOMS[room].model_fields if name not in OF_METHODS)
RULES = (
    Rule(OF_NETWORKS, lambda found: not found.settings.simple, "a network", lambda found: found.settings.model.method),
    Rule(TOKENS, lambda found: found.texts, "a column of texts", lambda _: "none"),
    Rule(
        ("vectors", "freeze_vectors"),
        lambda found: found.texts and found.settings.prepare.tokens in ("words", None),
        "texts cut into words",
        lambda found: str(found.settings.prepare.tokens) if found.texts else "none",
    ),
    Rule(("freeze_vectors",), lambda found: found.settings.model.vectors is not None, "vectors", lambda _: "none"),
    Rule(("vocabulary", "lowercase"), lambda found: found.spells, "a column of texts", lambda _: "none"),
    Rule(("min_count",), lambda found: found.spells or found.words, "words or texts", lambda _: "none"),
    Rule(("embedding", "word_dropout"), lambda found: found.texts or found.words, "words or texts", lambda _: "none"),
    Rule(SOUND, lambda found: found.sounds, "recordings", lambda _: "data without sound"),
    Rule(("cut",), lambda found: found.settings.prepare.max_tokens is not None, "max_tokens", lambda _: "none"),
    Rule(("mixup",), lambda found: not found.texts, "numbers, which can be mixed", lambda _: "texts"),
    Rule(
        ("pooling", "convolution", "filters"),
        lambda found: not found.per_step,
        "one answer for each sequence",
        lambda found: f"{found.task.subject}, step by step",
    ),
    Rule(
        ("variational_dropout", "weight_dropout", "learned_state", "recompute", "activation", "truncate"),
        lambda found: found.settings.model.cell not in WHOLE,
        "a recurrent cell, which has a state",
        lambda found: found.settings.model.cell,
    ),
    Rule(
        ("order",),
        lambda found: not found.per_step or found.task.model.by_steps,
        "one answer for each sequence or window",
        lambda found: f"{found.task.subject}, step by step",
    ),
    Rule(
        ("remember",),
        lambda found: found.settings.model.cell == "lru",
        "the cell lru",
        lambda found: found.settings.model.cell,
    ),
    Rule(("filters",), lambda found: bool(found.settings.model.convolution), "convolution beside it", lambda _: "none"),
    Rule(
        ("head_size",),
        lambda found: found.settings.model.frame_head == "autoregressive",
        "an autoregressive frame head",
        lambda found: str(found.settings.model.frame_head),
    ),
    Rule(
        ("class_weights", "label_smoothing", "truncate", "threshold", "miss_cost"),
        lambda found: not found.settings.model.crf,
        "steps that are scored one by one",
        lambda _: "whole sequences, by crf",
    ),
    Rule(
        ("pos_weight", "threshold"),
        lambda found: found.classes == 2 or found.task.model.target_kind == "labels",  # noqa: PLR2004 - one of two
        "two classes or labels to predict",
        lambda found: f"{found.classes} classes",
    ),
    Rule(
        ("miss_cost",),
        lambda found: found.classes == 2,  # noqa: PLR2004 - one of two
        "two classes to predict",
        lambda found: f"{found.classes} classes",
    ),
    Rule(
        ("threshold",),
        lambda found: found.settings.model.miss_cost is None,
        "no cost of a miss, by which it is chosen",
        lambda found: f"miss_cost {found.settings.model.miss_cost:g}",
    ),
    Rule(
        ("momentum",),
        lambda found: found.settings.train.optimizer == "sgd",
        "the optimizer sgd",
        lambda found: found.settings.train.optimizer,
    ),
    Rule(
        ("plateau_factor", "plateau_patience"),
        lambda found: found.settings.train.schedule == "plateau",
        "the schedule plateau",
        lambda found: found.settings.train.schedule,
    ),
    Rule(
        ("patience",),
        lambda found: found.settings.train.keep != "last" or found.settings.train.patience == 0,
        "keep best, without which no training stops early",
        lambda found: found.settings.train.keep or "best",
    ),
)


def idle(found: Circumstances) -> set[str]:
    """The names of all settings without a say."""
    return {name for name, _, _ in _without_a_say(found)}


def refuse_idle(found: Circumstances, given: FitSettings) -> None:
    """Refuse settings that somebody chose though they have no say.

    Args:
        found: the circumstances, with every setting resolved.
        given: the settings as they were given.

    Raises:
        SettingsError: names the setting, and what it is for.
    """
    for name, expected, came in _without_a_say(found):
        room, field = next(
            (room, model.model_fields[name]) for room, model in ROOMS.items() if name in model.model_fields
        )
        if getattr(getattr(given, room), name) != field.default:
            fix = f"leave {name} out: it would change nothing"
            raise SettingsError(name, expected=expected, came=came, fix=fix)


def _without_a_say(found: Circumstances) -> Iterator[tuple[str, str, str]]:
    """The settings that change nothing, with what was expected and what came; what the task has to say comes first."""
    unheard = {name: expected for name in _SOME_LISTEN_TO if (expected := _expected(found.task, name))}
    yield from ((name, expected, found.task.subject) for name, expected in unheard.items())
    seen = set(unheard)
    for rule in RULES:
        if not rule.counts(found):
            yield from ((name, rule.expected, rule.came(found)) for name in rule.names if name not in seen)
            seen.update(rule.names)


_SOME_LISTEN_TO = tuple(dict.fromkeys(name for task in TASKS.values() for name in (*task.listens, *task.ignores)))
"""Settings that not every task listens to."""


def _expected(task: Task[Any, Any], name: str) -> str:
    """What is to be predicted for a setting to have a say; empty where this task listens."""
    if name in task.ignores:
        return "anything but " + _either(other.subject for other in TASKS.values() if name in other.ignores)
    listeners = [other.subject for other in TASKS.values() if name in other.listens]
    return _either(listeners) if listeners and name not in task.listens else ""


def _either(words: Iterable[str]) -> str:
    """Several words as a choice: `a, b or c`."""
    *others, last = words
    return f"{', '.join(others)} or {last}" if others else last
