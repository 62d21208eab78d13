from seqloom.evaluate.trial import Measured


def test_answers_without_units_have_no_scaled_metrics():
    """Classes are measured once; an empty table says so."""
    assert Measured(metrics={"accuracy": 1.0}, errors={}).scaled == {}
