"""What a forecast chooses from the data where the user left it open."""

from collections.abc import Callable

from seqloom.errors import SettingsError
from seqloom.model.model import Chosen, Facts, hidden_size_for
from seqloom.model.settings import ModelSettings
from seqloom.model.spacing import taught_stride

HORIZON = 12
LOOKBACK_FACTOR = 3
SHORTEST_SEASON = 8
LONGEST_LOOKBACK = 336
DROPOUT = 0.3

Choice = tuple[object, str]
"""A value and the reason for it."""


def choose_forecast(settings: ModelSettings, facts: Facts) -> Chosen:
    """Fill in horizon, lookback, linear path, dropout, width and stride, in this order: each looks at those before it.

    Raises:
        SettingsError: the model is to read in both directions, which would show it what it has to predict; or to look
            at the order of steps that are shuffled.
    """
    if settings.bidirectional:
        raise SettingsError(
            "bidirectional",
            expected="a forecast that reads forwards only",
            came="both directions",
            fix="leave bidirectional out",
        )
    reasons: dict[str, str] = {}
    if settings.order == "shuffled":
        settings, reasons = _without_order(settings)
    for name, choice in CHOICES.items():
        if getattr(settings, name) is None:
            value, reasons[name] = choice(settings, facts)
            settings = settings.model_copy(update={name: value})
    return Chosen(settings, reasons)


def _without_order(settings: ModelSettings) -> tuple[ModelSettings, dict[str, str]]:
    """What a forecast relies on where no step of the lookback is the last.

    Raises:
        SettingsError: something that needs their order was asked for.
    """
    if settings.linear:
        fix = "leave linear out"
        raise SettingsError("linear", expected="no linear path in shuffled order", came=str(settings.linear), fix=fix)
    if settings.normalize not in ("last", "window", "none"):
        expected, fix = "window or none in shuffled order", "leave normalize out"
        raise SettingsError("normalize", expected=expected, came=settings.normalize, fix=fix)
    level = "window" if settings.normalize == "last" else settings.normalize
    chosen = {"supervise": "last", "linear": 0, "normalize": level}
    return settings.model_copy(update=chosen), dict.fromkeys(chosen, "in shuffled order no step is the last")


def _horizon(settings: ModelSettings, facts: Facts) -> Choice:  # noqa: ARG001 - one signature for all choices
    season = facts.season if facts.season > 1 else HORIZON
    allowed = min(facts.shortest_test, int(facts.lengths.min()) // 4)
    if season > allowed:
        return max(1, allowed), "as far as the data allows"
    return season, "one season" if facts.season > 1 else "no season was found"


def _lookback(settings: ModelSettings, facts: Facts) -> Choice:
    horizon = settings.horizon or 1
    wished = min(LONGEST_LOOKBACK, LOOKBACK_FACTOR * max(facts.season, horizon, SHORTEST_SEASON))
    allowed = (int(facts.lengths.min()) - horizon) // 2
    lookback = max(1, min(wished, allowed))
    if lookback > settings.segment:
        lookback -= lookback % settings.segment
    if allowed < wished:
        return lookback, "half of what training leaves beside a horizon"
    return lookback, f"{LOOKBACK_FACTOR} times the longer of season and horizon, at most {LONGEST_LOOKBACK}"


def _linear(settings: ModelSettings, facts: Facts) -> Choice:
    lookback = settings.lookback or 1
    if settings.supervise == "last" or settings.normalize == "window":
        return lookback, "the whole lookback, as only its last row is taught"
    share = max(lookback // 2, min(lookback, facts.season + 1))
    return share, "a season at least; the rows that have as much behind them are taught"


def _dropout(settings: ModelSettings, facts: Facts) -> Choice:  # noqa: ARG001 - one signature for all choices
    return DROPOUT, "forecasts overfit easily"


def _hidden_size(settings: ModelSettings, facts: Facts) -> Choice:  # noqa: ARG001 - one signature for all choices
    steps = int(facts.lengths.sum())
    return hidden_size_for(steps), f"{steps} training steps"


def _stride(settings: ModelSettings, facts: Facts) -> Choice:
    steps = int(facts.lengths.sum())
    stride = taught_stride(steps, facts.targets if settings.channels == "independent" else 1)
    return stride, "every window" if stride == 1 else f"{steps} training steps have windows enough"


CHOICES: dict[str, Callable[[ModelSettings, Facts], Choice]] = {
    "horizon": _horizon,
    "lookback": _lookback,
    "linear": _linear,
    "dropout": _dropout,
    "hidden_size": _hidden_size,
    "stride": _stride,
}
