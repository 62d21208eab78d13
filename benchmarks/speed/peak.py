"""The best a product can do on this machine at this moment: the engine's, on numbers that stay in the first cache."""

import numba
import numpy as np

from benchmarks.speed.peer import Work
from seqloom.kernels.kernel import WIDE
from seqloom.kernels.product import FULL, panel_product
from seqloom.kernels.vector import VECTOR_BYTES
from seqloom.kernels.workers import Workers

DEPTH, TIMES = 96, 4000
LANES = VECTOR_BYTES // 4
_product = panel_product(WIDE)


@numba.njit(nogil=True)
def _again(out, panel, left, times):  # noqa: ANN001, ANN202 - compiled
    for _ in range(times):
        _product(FULL, out, panel, 0, WIDE * LANES, left, 0, 0, DEPTH)


def peak(threads: int) -> Work:
    """The product again and again, on each thread."""
    panel = np.ones((1, DEPTH * WIDE * LANES), np.float32)
    left = np.ones((FULL, DEPTH), np.float32)
    workers, spans = Workers(), [(number, number + 1) for number in range(threads)]

    def work(_first: int, _last: int) -> None:
        _again(np.empty((FULL, WIDE * LANES), np.float32), panel, left, TIMES)

    work(0, 1)
    operations = 2.0 * FULL * WIDE * LANES * DEPTH * TIMES * threads
    return Work(lambda: workers.share(work, spans, threads), facts={"operations": operations})
