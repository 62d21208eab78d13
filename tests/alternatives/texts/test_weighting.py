"""TF-IDF weights beside those of scikit-learn."""

import numpy as np
import pytest
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import TfidfTransformer

from seqloom.alternatives.texts.weighting import Weighting


@pytest.fixture
def counts():
    """Texts that share few of many columns; the last ones come in the second half alone."""
    drawn = np.random.default_rng(0)
    found = drawn.poisson(0.4, size=(40, 60))
    found[:20, 45:] = 0
    found[:, 7] = 0
    return csr_matrix(found, dtype=np.float64)


def test_weights_are_those_of_scikit_learn(counts):
    """In the columns that training had; all others count for the length of a text."""
    model = TfidfTransformer(sublinear_tf=True).fit(counts[:20])
    weighting = Weighting.fit(counts[:20])
    expected = model.transform(counts).toarray()
    np.testing.assert_allclose(weighting(counts).toarray(), expected[:, weighting.columns], rtol=1e-12)
    assert 7 not in weighting.columns
    assert weighting.columns.max() < 45


def test_a_text_without_a_token_has_no_weights(counts):
    """It has no length to be divided by either."""
    assert Weighting.fit(counts)(csr_matrix((1, 60))).nnz == 0


def test_counts_of_other_columns_are_refused(counts):
    """They are of another vocabulary."""
    with pytest.raises(ValueError, match="expected 60 columns, came 50"):
        Weighting.fit(counts)(counts[:, :50])


@pytest.mark.parametrize("columns", [[0, 0], [1, 0], [-1, 2], [0, 60]])
def test_columns_out_of_order_are_refused(columns):
    """Or beyond their number."""
    with pytest.raises(ValueError, match="2 columns of 60"):
        Weighting(np.array(columns), np.ones(2), 1.0, 60)
