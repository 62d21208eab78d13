"""The shape alphabet: one letter per axis, the same everywhere.

| letter | axis |
|---|---|
| `B` | sequences in a batch |
| `T` | steps of the longest sequence in a batch |
| `N` | packed rows: all valid steps of a batch |
| `F` | features of a step |
| `H` | hidden size |
| `L` | layers |
| `D` | directions |
| `K` | classes, or size of a vocabulary |
| `Q` | quantiles |
| `P` | horizon: steps ahead |
| `C` | target columns |
| `S` | sequences of a data set |

Annotations are checked in the tests only; at run time they cost nothing.
"""

from jaxtyping import Float, Int
from torch import Tensor

Rows = Float[Tensor, "N F"]
"""Packed rows, time-major: step `t` of every sequence still alive at `t`, then step `t + 1`."""

HiddenRows = Float[Tensor, "N H"]
"""Packed rows of hidden features."""

Sizes = Int[Tensor, "T"]
"""How many sequences are alive at each step; never increasing; sums to `N`."""

Hidden = Float[Tensor, "B H"]
"""One hidden vector per sequence."""

States = Float[Tensor, "LD B H"]
"""One hidden vector per layer-and-direction and sequence, in the order torch stores them."""
