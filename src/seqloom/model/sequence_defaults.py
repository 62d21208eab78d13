"""What a task about whole sequences chooses from the data where the user left it open."""

import math

from seqloom.errors import SettingsError
from seqloom.model.model import Chosen, Facts, hidden_size_for
from seqloom.model.settings import ModelSettings
from seqloom.model.text_defaults import choose_for_texts

FEW = 300
FEW_STEPS = 500
FEW_WHY = "few sequences"
FEW_MODEL = {"hidden_size": 32, "dropout": 0.2, "convolution": True, "members": 3, "mixup": 0.4}
FEW_BATCH = 16
FEW_TRAINING = {"batch_size": FEW_BATCH, "learning_rate": 0.004, "keep": "last", "refit": True}
FEW_UPDATES = 400
FEW_EPOCHS = 30
LONG_SEQUENCE = 100
"""Steps from which on a sequence teaches more per update than others."""


def choose_for_sequences(settings: ModelSettings, facts: Facts, *, per_step: bool = False) -> Chosen:
    """Both directions, attention over the steps, width by the number of steps; of texts see `choose_for_texts`."""
    if facts.texts and not per_step:
        return choose_for_texts(settings, facts)
    refuse_foresight(settings, facts)
    chosen: dict[str, object] = {}
    reasons: dict[str, str] = {}
    if settings.bidirectional is None:
        chosen["bidirectional"] = not per_step
        reasons["bidirectional"] = "the future of a step is not known" if per_step else "the whole sequence is known"
    if settings.pooling is None and not per_step:
        chosen["pooling"] = "attention"
        reasons["pooling"] = "lets the data say which steps matter"
    if settings.hidden_size is None:
        steps = int(facts.lengths.sum())
        chosen["hidden_size"] = hidden_size_for(steps)
        reasons["hidden_size"] = f"{steps} training steps"
    return Chosen(settings.model_copy(update=chosen), reasons)


def refuse_foresight(settings: ModelSettings, facts: Facts) -> None:
    """Stop where answers about the end of a sequence would rest on what comes before it, but after the answer.

    Raises:
        SettingsError: steps that follow are read, or wait for each other.
    """
    chosen = "bidirectional" if settings.bidirectional else "crf" if settings.crf else ""
    if facts.ending and chosen:
        fix = f"leave {chosen} out: how near the end is would be told by the steps that follow"
        raise SettingsError(chosen, expected="answers from the steps so far", came="True", fix=fix)


def choose_for_classes(settings: ModelSettings, facts: Facts) -> Chosen:
    """As for all sequences; of few of them several networks learn, each with a convolution branch.

    There no epoch is chosen, since a share of few sequences tells little about any: training ends where the learning
    rate does, and is done a second time with the sequences that were held out.
    """
    if facts.texts or not is_few(facts):
        return choose_for_sequences(settings, facts)
    left = {name: value for name, value in FEW_MODEL.items() if getattr(settings, name) is None}
    chosen = choose_for_sequences(settings.model_copy(update=left), facts)
    return Chosen(
        chosen.settings, chosen.reasons | dict.fromkeys(left, FEW_WHY), FEW_TRAINING | {"epochs": _epochs(facts)}
    )


def is_few(facts: Facts) -> bool:
    """Whether there is too little to learn from for one network: 300 sequences at most, of 500 steps on average."""
    return len(facts.lengths) <= FEW and _mean_length(facts) <= FEW_STEPS


def _mean_length(facts: Facts) -> float:
    return float(facts.lengths.sum()) / len(facts.lengths)


def _epochs(facts: Facts) -> int:
    """As many as make 400 updates, at least 30; of sequences over 100 steps fewer, by the root of their length."""
    epochs = max(FEW_EPOCHS, FEW_UPDATES / math.ceil(len(facts.lengths) / FEW_BATCH))
    return max(1, round(epochs / math.sqrt(max(1.0, _mean_length(facts) / LONG_SEQUENCE))))
