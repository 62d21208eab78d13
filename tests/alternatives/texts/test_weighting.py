"""TF-IDF weights beside those of scikit-learn."""

import numpy as np
import pytest
from sklearn.feature_extraction.text import TfidfTransformer

from seqloom.alternatives.fitting.compressed import compressed
from seqloom.alternatives.sparse import Sparse
from seqloom.alternatives.texts.weighting import Weighting


@pytest.fixture
def counts():
    """Texts that share few of many columns; the last ones come in the second half alone."""
    drawn = np.random.default_rng(0)
    found = drawn.poisson(0.4, size=(40, 60))
    found[:20, 45:] = 0
    found[:, 7] = 0
    rows, columns = found.nonzero()
    return Sparse(rows, columns, found[rows, columns].astype(np.float64), found.shape)


def test_weights_are_those_of_scikit_learn(counts):
    """In the columns that training had; all others count for the length of a text."""
    model = TfidfTransformer(sublinear_tf=True).fit(compressed(counts)[:20])
    weighting = Weighting.fit(counts[np.arange(20)])
    expected = model.transform(compressed(counts)).toarray()
    np.testing.assert_allclose(compressed(weighting(counts)).toarray(), expected[:, weighting.columns], rtol=1e-12)
    assert 7 not in weighting.columns
    assert weighting.columns.max() < 45


def test_a_text_without_a_token_has_no_weights(counts):
    """It has no length to be divided by either."""
    assert Weighting.fit(counts)(Sparse.counted(np.zeros(0, int), np.zeros(0, int), (1, 60))).numbers.size == 0


def test_counts_of_other_columns_are_refused(counts):
    """They are of another vocabulary."""
    with pytest.raises(ValueError, match="expected 60 columns, came 50"):
        Weighting.fit(counts)(counts.only(np.arange(50)))


@pytest.mark.parametrize("columns", [[0, 0], [1, 0], [-1, 2], [0, 60]])
def test_columns_out_of_order_are_refused(columns):
    """Or beyond their number."""
    with pytest.raises(ValueError, match="2 columns of 60"):
        Weighting(np.array(columns), np.ones(2), 1.0, 60)
