"""What a translation chooses from the data where the user left it open."""

from seqloom.model.model import Chosen, Facts
from seqloom.model.settings import ModelSettings

SIZES = ((2_000, 64), (10_000, 128))  # sentences below this many, width
WIDEST = 256
DROPOUT = 0.3
SMOOTHING = 0.1
RATE = 0.002


def choose_for_translation(settings: ModelSettings, facts: Facts) -> Chosen:
    """Both directions, width by the number of sentences, dropout and smoothed labels against learning by heart.

    The vectors of tokens are as wide as the hidden state. The learning rate does not fall with the number of weights,
    as it does elsewhere: most of them are vectors of tokens, of which an update moves few.
    """
    sentences = len(facts.lengths)
    size = settings.hidden_size or next((size for limit, size in SIZES if sentences < limit), WIDEST)
    open_to_choice = {
        "bidirectional": (True, "the whole source is known"),
        "hidden_size": (size, f"{sentences:,} training sentences"),
        "embedding": (size, "as wide as the hidden state"),
        "dropout": (DROPOUT, "against learning sentences by heart"),
        "label_smoothing": (SMOOTHING, "several translations are right"),
    }
    left = {name: pair for name, pair in open_to_choice.items() if getattr(settings, name) is None}
    chosen = settings.model_copy(update={name: value for name, (value, _) in left.items()})
    reasons = {name: reason for name, (_, reason) in left.items()}
    return Chosen(chosen, reasons, {"learning_rate": RATE}, training_reason="most weights are vectors of tokens")
