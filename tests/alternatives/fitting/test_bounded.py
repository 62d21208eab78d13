import warnings

import pytest
from sklearn.exceptions import ConvergenceWarning

from seqloom.alternatives.fitting.bounded import bounded


def test_an_early_stop_is_no_warning():
    """Within the bound on iterations, not having converged is no news; other warnings still are."""
    with bounded():
        warnings.warn("stopped", ConvergenceWarning, stacklevel=1)
    with pytest.raises(UserWarning, match="something else"), bounded():
        warnings.warn("something else", UserWarning, stacklevel=1)
