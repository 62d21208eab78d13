"""Settings without a say."""

import pytest

from seqloom.errors import SettingsError
from seqloom.estimators import ROOMS, FitSettings
from seqloom.estimators.idle import RULES, Circumstances, idle, refuse_idle


def found(task, *, per_step=False, classes=0, texts=False, **chosen):
    """Circumstances with these settings."""
    return Circumstances(FitSettings.flat({"task": task, **chosen}), per_step, classes, texts)


REFUSED = {
    "pooling in a forecast": (
        found("forecast", pooling="mean"),
        "pooling: expected classes, labels or values, came a forecast; leave pooling out: it would change nothing",
    ),
    "members in a forecast": (
        found("forecast", members=3),
        (
            "members: expected anything but a forecast, anomalies, running text, a transcript or a translation,"
            " came a forecast"
        ),
    ),
    "pooling of values per step": (
        found("regress", per_step=True, pooling="last"),
        "pooling: expected one answer for each sequence, came values, step by step",
    ),
    "filters without their branch": (
        found("classify", classes=2, filters=8),
        "filters: expected convolution beside it, came none",
    ),
    "a lookback for classes": (
        found("classify", classes=2, lookback=8),
        "lookback: expected a forecast, events or anomalies, came classes",
    ),
    "a loss of values for classes": (
        found("classify", classes=2, loss="mae"),
        "loss: expected a forecast, values or anomalies, came classes",
    ),
    "weights of classes for values": (
        found("regress", class_weights="balanced"),
        "class_weights: expected classes or tags, came values",
    ),
    "a threshold between three classes": (
        found("classify", classes=3, threshold="f1"),
        "threshold: expected two classes or labels to predict, came 3 classes",
    ),
    "a cost of misses of three classes": (
        found("classify", classes=3, miss_cost=5.0),
        "miss_cost: expected two classes to predict, came 3 classes",
    ),
    "a threshold beside a cost": (
        found("classify", classes=2, miss_cost=5.0, threshold="f1"),
        "threshold: expected no cost of a miss, by which it is chosen, came miss_cost 5",
    ),
    "momentum of adamw": (found("regress", momentum=0.5), "momentum: expected the optimizer sgd, came adamw"),
    "a plateau of one-cycle": (
        found("regress", plateau_patience=3),
        "plateau_patience: expected the schedule plateau, came one-cycle",
    ),
    "tokens of numbers": (
        found("classify", tokens="bpe"),
        "tokens: expected a column of texts, came none; leave tokens",
    ),
    "a width of vectors of tokens for numbers": (
        found("regress", embedding=8),
        "embedding: expected words or texts",
    ),
    "an end to cut off texts of any length": (
        found("classify", texts=True, cut="head"),
        "cut: expected max_tokens, came",
    ),
    "vectors of words for characters": (
        found("classify", texts=True, tokens="characters", vectors="glove.txt"),
        "vectors: expected texts cut into words, came characters",
    ),
    "frozen vectors that nobody gave": (
        found("classify", texts=True, freeze_vectors=True),
        "freeze_vectors: expected vectors",
    ),
    "mixtures of texts": (
        found("classify", texts=True, mixup=0.4),
        "mixup: expected numbers, which can be mixed, came",
    ),
    "scaling of running text": (
        found("language", texts=True, scaling="none"),
        "scaling: expected anything but running text, music or images, came running text; leave scaling out",
    ),
    "a segment of values": (
        found("regress", segment=4),
        "segment: expected a forecast or a transcript, came values",
    ),
    "transposed images": (found("images", transpose=3), "transpose: expected music, came images"),
    "a size of heads that are none": (
        found("music", frame_head="independent", head_size=8),
        "head_size: expected an autoregressive frame head, came independent",
    ),
    "a separator of classes": (
        found("classify", classes=2, label_separator="|"),
        "label_separator: expected labels, came classes",
    ),
    "weights of labels by rarity": (
        found("label", classes=2, class_weights="balanced"),
        "class_weights: expected classes or tags, came labels",
    ),
    "a state that is learned of a net without one": (
        found("regress", cell="tcn", learned_state=True),
        "learned_state: expected a recurrent cell, which has a state, came tcn",
    ),
    "order of steps with an answer each": (
        found("regress", per_step=True, order="shuffled"),
        "order: expected one answer for each sequence or window, came values, step by step",
    ),
    "order of tags": (
        found("tag", order="shuffled"),
        "order: expected a forecast, classes, labels or values, came tags",
    ),
    "patience for the last epoch": (found("regress", keep="last", patience=3), "patience: expected keep best"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_setting_that_would_change_nothing_is_refused(name):
    """The message says what it is for and what is there instead."""
    case, sentence = REFUSED[name]
    with pytest.raises(SettingsError, match=sentence):
        refuse_idle(case, case.settings)


@pytest.mark.parametrize(
    "case",
    [
        found("forecast", lookback=8, normalize="mean", loss="mae"),
        found("forecast", order="shuffled", cell="transformer"),
        found("events", classes=2, lookback=8, stride=4, attributes="x", side_weight=1.0, label_smoothing=0.1),
        found("classify", classes=2, pooling="max", convolution=True, filters=8, threshold="f1", pos_weight=2.0),
        found("classify", texts=True, classes=2, tokens="words", vocabulary=99, max_tokens=9, cut="head", embedding=8),
        found("classify", classes=3, class_weights="balanced", label_smoothing=0.1, members=2),
        found("label", classes=3, label_separator="|", threshold="half", pos_weight=2.0, mixup=0.2, pooling="max"),
        found("regress", keep="best", patience=9, pooling="mean", loss="huber", optimizer="sgd", momentum=0.5),
        found("regress", per_step=True, schedule="plateau", plateau_patience=3, keep="last", patience=0),
    ],
)
def test_settings_with_a_say_are_let_through(case):
    """Each of them where it counts."""
    refuse_idle(case, case.settings)


def test_a_default_that_is_spelled_out_does_no_harm():
    """A value that is what happens anyway is no broken promise."""
    case = found("classify", classes=2, segment=1, momentum=0.9)
    refuse_idle(case, case.settings)


def test_what_has_no_say_is_known_by_name():
    """A record of settings can leave it out."""
    without = idle(found("classify", classes=2))
    assert {"lookback", "loss", "filters", "momentum"} <= without
    assert not {"pooling", "threshold", "mixup"} & without


def test_every_rule_is_about_a_setting_there_is():
    """A setting that is renamed takes its rule along."""
    fields = {name for room in ROOMS.values() for name in room.model_fields}
    assert {name for rule in RULES for name in rule.names} <= fields
