"""Student's distribution: how far chance reaches where a deviation is known from few values."""


def beyond(chance: float, degrees: float) -> float:
    """What a value of Student's distribution exceeds with this chance only.

    Args:
        chance: above 0 and below 1.
        degrees: of freedom, above 0.

    Example:
        >>> round(beyond(0.025, 10), 3)
        2.228
    """
    from scipy.special import stdtrit  # noqa: PLC0415 - a server is ready before its monitor begins to look

    return float(-stdtrit(degrees, chance))
