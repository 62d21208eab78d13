"""Times of readings: stamps in any form as microseconds since 1970, or numbers."""

import math
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

from seqloom.live.form import Form

EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 - stamps are kept as they are written


def times(form: Form, given: Sequence[Any]) -> NDArray[np.generic] | int:
    """Times as they are kept, [R]; or the place of the first one that is none.

    Args:
        form: of the readings; it has a clock.
        given: the time of each.
    """
    found = [_stamp(time) if form.clock == "stamps" else _plain(time) for time in given]
    if None in found:
        return found.index(None)
    return np.array(found, form.time_type)


def _plain(value: Any) -> float | None:  # noqa: ANN401 - whatever a user gives
    if type(value) is float or isinstance(value, int | float | np.integer | np.floating):
        number = float(value)
        return number if math.isfinite(number) and not isinstance(value, bool) else None
    return None


def _stamp(value: Any) -> int | None:  # noqa: ANN401 - whatever a user gives
    """Microseconds since 1970; a stamp with an offset in UTC, as `read` has it."""
    if isinstance(value, np.datetime64):
        return None if np.isnat(value) else int(value.astype("datetime64[us]").astype(np.int64))
    if isinstance(value, str):
        try:
            value = datetime.fromisoformat(value.strip())
        except ValueError:
            return None
    if isinstance(value, date) and not isinstance(value, datetime):
        value = datetime(value.year, value.month, value.day)  # noqa: DTZ001 - as it is written
    if not isinstance(value, datetime):
        return None
    if value.tzinfo is not None:
        value = value.astimezone(UTC).replace(tzinfo=None)
    since: timedelta = value - EPOCH
    return (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds
