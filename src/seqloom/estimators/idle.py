"""Settings that have no say in a task: refused where somebody chose them, never ignored in silence."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from seqloom.errors import SettingsError
from seqloom.estimators.settings import FRAMES, ROOMS, FitSettings


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
    def subject(self) -> str:
        """What is predicted, in words."""
        told = {
            "forecast": "a forecast",
            "tag": "a class per step",
            "events": "the next event",
            "language": "running text",
            "translate": "texts",
            "music": "music",
            "images": "images",
            "transcribe": "texts",
        }
        if self.settings.task in told:
            return told[self.settings.task]
        return "classes" if self.settings.task == "classify" else "a value per step" if self.per_step else "values"

    @property
    def pooled(self) -> bool:
        """Whether each sequence is summed up in one vector."""
        return self.settings.task == "classify" or (self.settings.task == "regress" and not self.per_step)


@dataclass(frozen=True)
class Rule:
    """Settings that count only under a condition.

    Args:
        names: the settings.
        counts: the condition.
        expected: the condition in words.
        came: in words, what is there instead.
    """

    names: tuple[str, ...]
    counts: Callable[[Circumstances], bool]
    expected: str
    came: Callable[[Circumstances], str] = lambda found: found.subject


TOKENS = "tokens strip_marks max_tokens cut"
VOCABULARY = "vocabulary lowercase"
WORDS = ("embedding",)
WINDOWS = "horizon normalize linear judged_stride channels supervise"
STRETCHES = ("lookback", "stride", "interval")
SOUND = "mel_bands frame_ms hop_ms lowest_hz highest_hz loudness range_db slopes"
RUNNING = "weight_dropout tied window"
COLUMNS = (
    "scaling scale_by encoding missing unseen calendar resample target_transform"
    " max_tokens cut strip_marks loss members"
)
PREPARING = "scaling scale_by encoding missing unseen calendar"
RULES = (
    Rule(tuple(TOKENS.split()), lambda found: found.texts, "a column of texts", lambda _: "none"),
    Rule(
        ("vectors", "freeze_vectors"),
        lambda found: found.texts and found.settings.prepare.tokens in ("words", None),
        "texts cut into words",
        lambda found: str(found.settings.prepare.tokens) if found.texts else "none",
    ),
    Rule(("freeze_vectors",), lambda found: found.settings.model.vectors is not None, "vectors", lambda _: "none"),
    Rule(
        tuple(VOCABULARY.split()),
        lambda found: found.texts or found.settings.task == "transcribe",
        "a column of texts",
        lambda _: "none",
    ),
    Rule(
        ("min_count",),
        lambda found: found.texts or found.words or found.settings.task == "transcribe",
        "words or texts",
        lambda _: "none",
    ),
    Rule(WORDS, lambda found: found.texts or found.words, "words or texts", lambda _: "none"),
    Rule(tuple(SOUND.split()), lambda found: found.sounds, "recordings", lambda _: "data without sound"),
    Rule(("segment",), lambda found: found.settings.task in ("forecast", "transcribe"), "a forecast or a transcript"),
    Rule(
        ("beam", "target_tokens"),
        lambda found: found.settings.task in ("translate", "transcribe"),
        "texts to predict",
    ),
    Rule(("cut",), lambda found: found.settings.prepare.max_tokens is not None, "max_tokens", lambda _: "none"),
    Rule(("mixup",), lambda found: not found.texts, "numbers, which can be mixed", lambda _: "texts"),
    Rule(
        ("vectors", "freeze_vectors"),
        lambda found: found.settings.task != "language",
        "texts that are labelled or valued",
    ),
    Rule(tuple(RUNNING.split()), lambda found: found.settings.task == "language", "running text"),
    Rule(
        tuple(COLUMNS.split()),
        lambda found: found.settings.task != "language",
        "columns, of which running text has none but its tokens",
    ),
    Rule(tuple(WINDOWS.split()), lambda found: found.settings.task == "forecast", "a forecast"),
    Rule(STRETCHES, lambda found: found.settings.task in ("forecast", "events"), "a forecast or events"),
    Rule(("attributes", "side_weight"), lambda found: found.settings.task == "events", "events"),
    Rule(
        ("members",),
        lambda found: found.settings.task not in ("forecast", "translate", "transcribe"),
        "a task about whole sequences",
    ),
    Rule(("pooling", "convolution", "filters"), lambda found: found.pooled, "one answer for each sequence"),
    Rule(("filters",), lambda found: bool(found.settings.model.convolution), "convolution beside it", lambda _: "none"),
    Rule(
        ("loss", "target_transform"),
        lambda found: not found.classes and found.settings.task not in ("events", "translate", "transcribe", *FRAMES),
        "numbers to predict",
    ),
    Rule(("frame_head", "threshold_on"), lambda found: found.settings.task in FRAMES, "music or images"),
    Rule(
        ("head_size",),
        lambda found: found.settings.model.frame_head == "autoregressive",
        "an autoregressive frame head",
        lambda found: found.settings.model.frame_head or found.subject,
    ),
    Rule(("transpose",), lambda found: found.settings.task == "music", "music"),
    Rule(tuple(PREPARING.split()), lambda found: found.settings.task not in FRAMES, "columns of a table"),
    Rule(("class_weights",), lambda found: found.classes > 0 and found.settings.task != "events", "classes to predict"),
    Rule(
        ("label_smoothing",),
        lambda found: found.classes > 0 or found.settings.task == "translate",
        "classes or texts to predict",
    ),
    Rule(("mixup",), lambda found: found.settings.task == "classify", "a class of each sequence"),
    Rule(("crf",), lambda found: found.settings.task == "tag", "a class per step"),
    Rule(("word_dropout",), lambda found: found.settings.task != "language", "texts or words that are labelled"),
    Rule(("word_dropout",), lambda found: found.texts or found.words, "words or texts", lambda _: "none"),
    Rule(
        ("class_weights", "label_smoothing", "truncate"),
        lambda found: not found.settings.model.crf,
        "steps that are scored one by one",
        lambda _: "whole sequences, by crf",
    ),
    Rule(("attention", "length_penalty"), lambda found: found.settings.task == "translate", "a translation"),
    Rule(
        ("pos_weight", "threshold"),
        lambda found: found.classes == 2 and found.settings.task == "classify",  # noqa: PLR2004 - one of two is positive
        "two classes to predict",
        lambda found: f"{found.classes} classes" if found.classes and found.pooled else found.subject,
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
    return {name for name, _ in _broken(found)}


def refuse_idle(found: Circumstances, given: FitSettings) -> None:
    """Refuse settings that somebody chose though they have no say.

    Args:
        found: the circumstances, with every setting resolved.
        given: the settings as they were given.

    Raises:
        SettingsError: names the setting, and what it is for.
    """
    for name, rule in _broken(found):
        room, field = next(
            (room, model.model_fields[name]) for room, model in ROOMS.items() if name in model.model_fields
        )
        if getattr(getattr(given, room), name) != field.default:
            fix = f"leave {name} out: it would change nothing"
            raise SettingsError(name, expected=rule.expected, came=rule.came(found), fix=fix)


def _broken(found: Circumstances) -> Iterator[tuple[str, Rule]]:
    """The settings whose condition does not hold, each with the first such rule."""
    seen: set[str] = set()
    for rule in RULES:
        if not rule.counts(found):
            yield from ((name, rule) for name in rule.names if name not in seen)
            seen.update(rule.names)
