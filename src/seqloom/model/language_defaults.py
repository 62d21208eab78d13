"""What a language model chooses from the text where the user left it open."""

from seqloom.model.model import Chosen, Facts
from seqloom.model.settings import ModelSettings

WIDTHS = ((20_000, 64), (200_000, 128), (2_000_000, 256))
"""Training tokens below which the hidden state has this width; 512 beyond."""
WIDEST = 512
FEW_TOKENS = 500
"""Different tokens up to which their vectors are narrow, and cheap enough to be apart for reading and writing."""
NARROW = 64
DROPOUT = 0.2
TRUNCATE = 128
"""Steps a gradient flows back through; a text is far longer than memory reaches."""


def choose_for_language(settings: ModelSettings, facts: Facts) -> Chosen:
    """Width by the number of tokens; many different tokens have tied vectors as wide as the hidden state.

    Args:
        settings: what the user chose.
        facts: of the training part; `lengths` are tokens of each text.
    """
    tokens = int(facts.lengths.sum())
    hidden = settings.hidden_size or next((width for limit, width in WIDTHS if tokens < limit), WIDEST)
    few = facts.vocabulary <= FEW_TOKENS
    chosen: dict[str, tuple[object, str]] = {
        "hidden_size": (hidden, f"{tokens:,} training tokens"),
        "tied": (not few, f"{facts.vocabulary:,} different tokens"),
        "embedding": (min(NARROW, hidden) if few else hidden, f"{facts.vocabulary:,} different tokens"),
        "dropout": (DROPOUT, "the usual share"),
        "bidirectional": (False, "the next token must not be read"),
    }
    left = {name: pair for name, pair in chosen.items() if getattr(settings, name) is None}
    return Chosen(
        settings.model_copy(update={name: pair[0] for name, pair in left.items()}),
        {name: pair[1] for name, pair in left.items()},
        {"truncate": TRUNCATE},
        "a text is longer than memory reaches",
    )
