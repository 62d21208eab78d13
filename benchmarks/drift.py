"""How often a monitor alarms while nothing changes, and how soon where something does, on streams with seeds."""

import argparse
from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray

from seqloom.monitor import Numbers
from seqloom.monitor.signal import Signal
from seqloom.monitor.windows import BLOCK

Floats = NDArray[np.float64]
Make = Callable[[np.random.Generator, int], Floats]

TRAINING = 5000
"""Values of the training part."""
WINDOW = 180
"""Values by which windows without an alarm are counted."""
CALM, LATEST = 600, 3000
"""Values before a shift, and after it until it counts as missed."""


def alarms(make: Make, seed: int, count: int) -> int:
    """False alarms in so many values to which nothing happens, after a training part of the same kind.

    Args:
        make: draws a stream.
        seed: of the stream.
        count: values after the training part.
    """
    values = make(np.random.default_rng(seed), TRAINING + count)
    return sum(1 for _ in _found(_signal(values[:TRAINING]), values[TRAINING:]))


def delay(make: Make, seed: int, shift: float) -> float:
    """Values from a shift of the mean to its alarm; infinite: it was missed.

    Args:
        make: draws a stream.
        seed: of the stream.
        shift: in deviations of the training part.
    """
    rng = np.random.default_rng(seed)
    training = make(rng, TRAINING)
    calm = CALM + int(rng.integers(15))
    live = np.concatenate([make(rng, calm), make(rng, LATEST) + shift * training.std()])
    return next((float(place + 1 - calm) for place in _found(_signal(training), live) if place >= calm), float("inf"))


def _signal(training: Floats) -> Signal:
    return Signal("value", "input", Numbers.of([training]), signals=1)


def _found(signal: Signal, values: Floats) -> Iterator[int]:
    """The places at which a drift begins: last ones of the blocks in which a signal looks at its values."""
    for first in range(0, len(values) - BLOCK + 1, BLOCK):
        if signal.see(values[first : first + BLOCK].tolist(), [0] * BLOCK, first) and signal.drift:
            yield first + BLOCK - 1


def main() -> None:
    """Print the table."""
    from tests.monitor.streams import KINDS  # noqa: PLC0415 - the streams of the tests, which users do not have

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--streams", type=int, default=200)
    parser.add_argument("--values", type=int, default=9000)
    parser.add_argument("--kinds", nargs="*", default=list(KINDS), help="only these")
    chosen = parser.parse_args()
    print("| stream | windows | false alarms | 1 σ: median / 95 % | 0.5 σ | 1 σ within 75 | 0.5 σ within 200 |")
    print("|---|---|---|---|---|---|---|")
    for name in chosen.kinds:
        make = KINDS[name]
        false = sum(alarms(make, seed, chosen.values) for seed in range(chosen.streams))
        windows = chosen.streams * chosen.values // WINDOW
        large, small = (np.array([delay(make, seed, s) for seed in range(chosen.streams)]) for s in (1.0, 0.5))
        cells = [_told(large), _told(small), f"{(large <= 75).mean():.0%}", f"{(small <= 200).mean():.0%}"]  # noqa: PLR2004 - the promise
        print(f"| {name} | {windows} | {false} | {' | '.join(cells)} |", flush=True)


def _told(delays: Floats) -> str:
    middle, most = np.quantile(delays, (0.5, 0.95), method="higher")
    return " / ".join("missed" if np.isinf(one) else f"{one:.0f}" for one in (middle, most))


if __name__ == "__main__":
    main()
