"""What a model of anomalies chooses from the data where the user left it open."""

from seqloom.errors import SettingsError
from seqloom.model.model import Chosen, Facts, hidden_size_for
from seqloom.model.settings import ModelSettings

LOOKBACK = 128
OVERLAP = 4
"""Examples of a long sequence that hold the same step."""
FARTHEST = 60
"""Steps ahead that are forecast where nobody says: a fault that lasts is not in the forecast for so long."""
SHARE = 8
"""What `ahead` and the lookback are at most of the shortest training sequence: one part in so many."""
BOTTLENECK = 8
"""Units of the state that is to give back the last steps, at most."""


def choose_anomaly(settings: ModelSettings, facts: Facts) -> Chosen:
    """One direction; width by the number of steps; how far ahead by what is usual and the shortest sequence.

    Raises:
        SettingsError: the model is to read in both directions, which would show it what it has to expect; or states
            are to be compared with a stream's own past.
    """
    if settings.bidirectional:
        fix = "leave it out: a stream has no end to read from"
        raise SettingsError("bidirectional", expected="one direction for anomalies", came="both", fix=fix)
    if settings.detector == "density" and settings.usual == "stream":
        fix = "leave usual out, or choose another detector"
        raise SettingsError("usual", expected="training: states are compared with others", came="stream", fix=fix)
    steps, shortest = int(facts.lengths.sum()), int(facts.lengths.min())
    lookback = settings.lookback or max(2, min(LOOKBACK, shortest // 2))
    choices: dict[str, tuple[object, str]] = {
        "bidirectional": (False, "a stream has no end to read from"),
        "hidden_size": (min(64, hidden_size_for(steps)), f"{steps} training steps"),
        "lookback": (lookback, "steps a gradient flows back through"),
        "stride": (max(1, lookback // OVERLAP), "every step is in some examples"),
        "ahead": _ahead(settings, shortest),
        "dropout": (0.1, "a little against learning by heart"),
    }
    left = {name: choice for name, choice in choices.items() if getattr(settings, name) is None}
    chosen = settings.model_copy(update={name: value for name, (value, _) in left.items()})
    return Chosen(chosen, {name: reason for name, (_, reason) in left.items()})


def _ahead(settings: ModelSettings, shortest: int) -> tuple[int, str]:
    """How far ahead is forecast, or how far back is to be remembered."""
    if settings.usual == "stream" or settings.detector == "density":
        return 1, "the next step"
    return max(1, min(FARTHEST, shortest // SHARE)), "so far that a fault that lasts is not yet in the forecast"
