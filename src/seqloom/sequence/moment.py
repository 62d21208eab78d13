"""A time stamp in words."""

import numpy as np


def moment(time: object) -> str:
    """A time stamp as one would write it, without an idle midnight or fraction; a step number as it is.

    Example:
        >>> moment(np.datetime64("2024-03-01T00:00:00")), moment(np.datetime64("2024-03-01T07:30:00")), moment(7)
        ('2024-03-01', '2024-03-01 07:30', '7')
    """
    if not isinstance(time, np.datetime64):
        return str(time)
    text = str(np.datetime_as_string(time, unit="us")).replace("T", " ")
    for idle in (".000000", ":00", " 00:00"):
        text = text.removesuffix(idle)
    return text
