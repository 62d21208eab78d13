"""What tagging chooses from the data where the user left it open."""

from seqloom.model.model import Chosen, Facts, hidden_size_for
from seqloom.model.settings import ModelSettings

WORDS = {"dropout": 0.4, "word_dropout": 0.1, "embedding": 100}
TRAINING = {"learning_rate": 0.004, "batch_size": 32}


def choose_for_tags(settings: ModelSettings, facts: Facts) -> Chosen:
    """Both directions, width by the number of steps; of words wider vectors, much hidden in training, and larger steps.

    Args:
        settings: what was chosen.
        facts: what the rest is chosen from.
    """
    steps = int(facts.lengths.sum())
    wanted: dict[str, tuple[object, str]] = {
        "bidirectional": (True, "the whole sequence is known"),
        "hidden_size": (hidden_size_for(steps), f"{steps} training steps"),
    }
    if facts.words:
        wanted |= {name: (value, "steps are words") for name, value in WORDS.items()}
    left = {name: choice for name, choice in wanted.items() if getattr(settings, name) is None}
    chosen = {name: value for name, (value, _) in left.items()}
    reasons = {name: why for name, (_, why) in left.items()}
    if not facts.words:
        return Chosen(settings.model_copy(update=chosen), reasons)
    return Chosen(settings.model_copy(update=chosen), reasons, TRAINING, training_reason="vectors of words learn fast")
