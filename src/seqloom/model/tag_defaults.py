"""What tagging chooses from the data where the user left it open."""

from seqloom.model.balance import RARE
from seqloom.model.model import Chosen, Facts, hidden_size_for
from seqloom.model.sequence_defaults import refuse_foresight
from seqloom.model.settings import ModelSettings

WORDS = {"dropout": 0.4, "word_dropout": 0.1, "embedding": 100}
TRAINING = {"learning_rate": 0.004, "batch_size": 32}


def choose_for_tags(settings: ModelSettings, facts: Facts) -> Chosen:
    """Both directions, width by the number of steps; of words wider vectors, much hidden in training, and larger steps.

    One direction where the end of a sequence is to be told before it comes. A threshold by F1 where one of two classes
    is rare.

    Args:
        settings: what was chosen.
        facts: what the rest is chosen from.

    Raises:
        SettingsError: steps that follow would tell the end of a sequence.
    """
    refuse_foresight(settings, facts)
    steps = int(facts.lengths.sum())
    both = (False, "the end is to be told before it comes") if facts.ending else (True, "the whole sequence is known")
    wanted: dict[str, tuple[object, str]] = {
        "bidirectional": both,
        "hidden_size": (hidden_size_for(steps), f"{steps} training steps"),
    }
    if facts.rarer < RARE and settings.miss_cost is None and not settings.crf:
        wanted["threshold"] = ("f1", f"one of two classes is rare: {100 * facts.rarer:.1f} % of the steps")
    if facts.words:
        wanted |= {name: (value, "steps are words") for name, value in WORDS.items()}
    left = {name: choice for name, choice in wanted.items() if getattr(settings, name) is None}
    chosen = {name: value for name, (value, _) in left.items()}
    reasons = {name: why for name, (_, why) in left.items()}
    if not facts.words:
        return Chosen(settings.model_copy(update=chosen), reasons)
    return Chosen(settings.model_copy(update=chosen), reasons, TRAINING, training_reason="vectors of words learn fast")
