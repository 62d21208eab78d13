"""A long text as a few words that fit a table."""

MOST = 280
"""Characters that are shown of a text."""
GAP = " … "


def shortened(text: str, most: int = MOST) -> str:
    """The beginning and the end of a text, without what lies between where that is too long.

    Args:
        text: what was written.
        most: characters to be left, at least 5.

    Example:
        >>> shortened("one two three four five six", most=16)
        'one two … ve six'
    """
    if len(text) <= most:
        return text
    room = most - len(GAP)
    end = room // 2
    return f"{text[: room - end]}{GAP}{text[len(text) - end :]}"
