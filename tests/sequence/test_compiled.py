import numpy as np

from seqloom.sequence import compiled


def test_a_compiled_function_gives_what_it_says():
    """Loops over arrays give the same numbers compiled as written."""

    def total(values):
        found = 0
        for value in values:
            found += value
        return found

    assert compiled(total)(np.arange(5)) == total(np.arange(5)) == 10
