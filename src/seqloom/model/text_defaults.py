"""What a task about whole sequences chooses where they are texts."""

from seqloom.model.model import Chosen, Facts
from seqloom.model.settings import ModelSettings

FEW_TOKENS = 200_000
"""Tokens of the training part up to which a smaller network does."""
SMALL = {"embedding": 32, "hidden_size": 32}
USUAL = {"embedding": 64, "hidden_size": 64}
DROPOUT = 0.5
TRAINING = {"learning_rate": 0.004, "batch_size": 32}
UPDATES = 1_500
"""Updates after which words are known by heart, about."""
EPOCHS = (3, 30)


def choose_for_texts(settings: ModelSettings, facts: Facts) -> Chosen:
    """Both directions, the largest value over the whole text, half of its features dropped, few passes.

    One strong word decides what many weak ones leave open, however long the text is. Vectors of words are learned by
    heart soon, so that few passes and much dropout are better than many.

    Args:
        settings: the user's.
        facts: of texts.
    """
    tokens = int(facts.lengths.sum())
    why = f"{tokens:,} tokens to learn from"
    size = SMALL if tokens < FEW_TOKENS else USUAL
    wanted = {
        "bidirectional": (True, "the whole text is known"),
        "pooling": ("max", "the strongest words decide"),
        "dropout": (DROPOUT, "words are soon known by heart"),
        **{name: (value, why) for name, value in size.items()},
    }
    left = {name: choice for name, choice in wanted.items() if getattr(settings, name) is None}
    return Chosen(
        settings.model_copy(update={name: value for name, (value, _) in left.items()}),
        {name: reason for name, (_, reason) in left.items()},
        TRAINING | {"epochs": _epochs(len(facts.lengths))},
        training_reason="vectors of words learn fast",
    )


def _epochs(texts: int) -> int:
    """Passes that make about 1,500 updates, from 3 to 30."""
    fewest, most = EPOCHS
    return max(fewest, min(most, round(UPDATES * TRAINING["batch_size"] / max(1, texts))))
