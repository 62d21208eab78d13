"""What a model of events chooses from the data where the user left it open."""

from seqloom.model.model import Chosen, Facts, hidden_size_for
from seqloom.model.settings import ModelSettings

FEW = 5_000
"""Training events up to which several networks learn side by side, and forget on purpose."""
FEW_MEMBERS, FEW_DROPOUT = 3, 0.3
LOOKBACK = 64
OVERLAP = 4
"""Examples of a long sequence that hold the same event, where there are few events."""
FEW_TRAINING = {"epochs": 50, "learning_rate": 0.006, "refit": True}


def choose_events(settings: ModelSettings, facts: Facts) -> Chosen:
    """One direction; width by the number of events; of few events several networks, and examples that overlap."""
    events = int(facts.lengths.sum())
    few = events <= FEW
    lookback = settings.lookback or LOOKBACK
    choices: dict[str, tuple[object, str]] = {
        "bidirectional": (False, "the future of an event is not known"),
        "hidden_size": (hidden_size_for(events), f"{events} training events"),
        "lookback": (lookback, "events a gradient flows back through"),
        "stride": (max(1, lookback // OVERLAP) if few else lookback, f"{events} training events"),
        "members": (FEW_MEMBERS if few else 1, f"{events} training events"),
        "dropout": (FEW_DROPOUT if few else 0.0, f"{events} training events"),
    }
    left = {name: choice for name, choice in choices.items() if getattr(settings, name) is None}
    reasons = {name: reason for name, (_, reason) in left.items()}
    chosen = settings.model_copy(update={name: value for name, (value, _) in left.items()})
    return Chosen(chosen, reasons, FEW_TRAINING if few else {}, training_reason="few events")
